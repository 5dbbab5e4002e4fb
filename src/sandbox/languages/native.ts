/**
 * What C, C++ and Rust share: `main` is wrapped by the linker (`harness/main.c`), whose object is compiled once.
 * `_exit`, `quick_exit` and `std::process::exit` leave without passing through the wrapper.
 */
export const wrapMain = ['/cache/main.o', '-Wl,--wrap=main']

export const compileMain = 'gcc -O1 -c /harness/main.c -o /cache/main.o'
