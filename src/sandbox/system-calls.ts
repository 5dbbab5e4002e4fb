/**
 * A filter of system calls in the kernel's own bytecode (seccomp, classic BPF), which bubblewrap loads. It refuses what
 * programs do not need and what would get around a limit: memory that no limit counts, objects that outlive their
 * process, namespaces of one's own, sockets of families that namespaces do not part, tracing, and large young parts of
 * the kernel. Source of the layout: linux/filter.h, linux/seccomp.h; of the numbers: asm/unistd.h.
 */
export function systemCallFilter(architecture: string = process.arch): Buffer {
  const numbers = architectures[architecture as keyof typeof architectures]
  if (!numbers) throw new Error(`no system call filter for ${architecture}`)
  const refuse = (number: number, error: number) => [
    jump(equal, number, 0, 1),
    statement(answer, failWith | error),
  ]
  return Buffer.concat([
    statement(load, 4),
    jump(equal, numbers.audit, 1, 0),
    statement(answer, kill),
    statement(load, 0),
    // x32, a second set of numbers for the same calls.
    ...(architecture === 'x64' ? [jump(atLeast, 0x4000_0000, 0, 1), statement(answer, kill)] : []),
    ...[...numbers.refused, ...refusedEverywhere].flatMap((number) => refuse(number, EPERM)),
    // Its flags lie in memory, where a filter cannot look. C libraries then take `clone`.
    ...refuse(clone3, ENOSYS),
    jump(equal, numbers.clone, 0, 3),
    statement(load, firstArgument),
    jump(anyBit, namespaceFlags, 0, 1),
    statement(answer, failWith | EPERM),
    statement(load, 0),
    jump(equal, numbers.socket, 0, socketFamilies.length + 2),
    statement(load, firstArgument),
    ...socketFamilies.map((family, index) => jump(equal, family, socketFamilies.length - index, 0)),
    statement(answer, failWith | EAFNOSUPPORT),
    statement(answer, allow),
  ])
}

const [EPERM, ENOSYS, EAFNOSUPPORT] = [1, 38, 97]
const [kill, failWith, allow] = [0x8000_0000, 0x0005_0000, 0x7fff_0000]
const [load, answer, equal, atLeast, anyBit] = [0x20, 0x06, 0x15, 0x35, 0x45]
const firstArgument = 16
/** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET. */
const namespaceFlags = 0x7e02_0000
/** AF_UNIX, AF_INET, AF_INET6, AF_NETLINK: not AF_VSOCK, which reaches a virtual machine's host. */
const socketFamilies = [1, 2, 10, 16]
const clone3 = 435

/**
 * io_uring (425, 426, 427); mounting (428–433, 442); memfd_secret; pidfd_getfd. These calls have the same number on
 * every architecture.
 */
const refusedEverywhere = [425, 426, 427, 428, 429, 430, 431, 432, 433, 442, 447, 438]

const architectures = {
  x64: {
    audit: 0xc000_003e,
    clone: 56,
    socket: 41,
    refused: [
      // ptrace, process_vm_readv, process_vm_writev, perf_event_open, bpf, userfaultfd
      ...[101, 310, 311, 298, 321, 323],
      // unshare, setns, mount, umount2, pivot_root
      ...[272, 308, 165, 166, 155],
      // memfd_create, shmget, semget, msgget, mq_open, add_key, request_key, keyctl
      ...[319, 29, 64, 68, 240, 248, 249, 250],
    ],
  },
  arm64: {
    audit: 0xc000_00b7,
    clone: 220,
    socket: 198,
    refused: [
      ...[117, 270, 271, 241, 280, 282],
      ...[97, 268, 40, 39, 41],
      ...[279, 194, 190, 186, 180, 217, 218, 219],
    ],
  },
}

function statement(code: number, value: number): Buffer {
  return jump(code, value, 0, 0)
}

/** `struct sock_filter`: what to do, how many instructions to skip where it holds and where not, the operand. */
function jump(code: number, value: number, whenTrue: number, whenFalse: number): Buffer {
  const instruction = Buffer.alloc(8)
  instruction.writeUInt16LE(code, 0)
  instruction.writeUInt8(whenTrue, 2)
  instruction.writeUInt8(whenFalse, 3)
  instruction.writeUInt32LE(value >>> 0, 4)
  return instruction
}
