/**
 * What some tests of HumanEval-X take from libraries that a bare toolchain lacks, in as much as they take: `rand` in
 * Rust and `boost::any` in C++. It goes into the program, so that nothing has to be installed.
 */

/** The declarations name crates which no solution needs and rustc alone does not know; a few tests draw numbers. */
export function rustStandIns(code: string): string {
  const source = code.replace(/^use (?:rand|regex|md5)\b.*;$/gm, '')
  return /\brand::/.test(source) ? source + rand : source
}

export function cppStandIns(code: string): string {
  return code.replace(/^#include\s*<boost\/any\.hpp>$/gm, any)
}

const any = '#include<any>\nnamespace boost { using std::any; using std::any_cast; }'

/** Draws by SplitMix64 from a fixed seed, so that a verdict does not depend on chance. */
const rand = `
mod rand {
    use std::sync::atomic::{AtomicU64, Ordering};

    static STATE: AtomicU64 = AtomicU64::new(0);

    fn bits() -> u64 {
        let mut z = STATE.fetch_add(0x9e3779b97f4a7c15, Ordering::Relaxed);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58476d1ce4e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d049bb133111eb);
        z ^ (z >> 31)
    }

    pub trait Draw {
        fn draw() -> Self;
        fn within(low: Self, high: Self) -> Self;
    }

    macro_rules! draw {
        ($($kind:ty),*) => {
            $(impl Draw for $kind {
                fn draw() -> Self { bits() as $kind }
                fn within(low: Self, high: Self) -> Self {
                    (low as i128 + bits() as i128 % (high as i128 - low as i128)) as $kind
                }
            })*
        };
    }
    draw!(u8, u32, u64, usize, i32, i64);

    pub struct ThreadRng;

    impl ThreadRng {
        pub fn gen<T: Draw>(&mut self) -> T { T::draw() }
        pub fn gen_range<T: Draw>(&mut self, low: T, high: T) -> T { T::within(low, high) }
    }

    pub fn thread_rng() -> ThreadRng { ThreadRng }
    pub fn random<T: Draw>() -> T { T::draw() }
}
`
