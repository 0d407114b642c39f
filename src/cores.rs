//! Work that does not depend on each other, on all cores.

use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// More threads than this gain nothing for the sizes of a city.
const MOST: usize = 8;

/// Files or departments from which on threads gain time. A city of fewer is done in a few milliseconds,
/// most of which would go by before another thread has begun and has memory of its own.
pub(crate) const WORTH: usize = 32;

/// `work` of every number below `count`, in their order. Threads take the next number when they are
/// done with one, so that they stay busy where a few take much longer than the rest.
///
/// A panic in one goes on in the caller: it must not look like a result that is not there.
pub(crate) fn each<T: Send>(count: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    // The system reads several files of its own to answer.
    static CORES: OnceLock<usize> = OnceLock::new();
    let cores = *CORES.get_or_init(|| std::thread::available_parallelism().map_or(1, NonZeroUsize::get));
    let threads = cores.min(count).min(MOST);
    if threads < 2 {
        return (0..count).map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let take = || {
        let numbers = std::iter::repeat_with(|| next.fetch_add(1, Ordering::Relaxed));
        numbers.take_while(|number| *number < count).map(|number| (number, work(number))).collect::<Vec<_>>()
    };
    let mut done = std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(take)).collect();
        let mut done = take();
        for other in others {
            done.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        done
    });
    done.sort_by_key(|(number, _)| *number);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::each;

    #[test]
    fn results_stand_in_order_whoever_made_them() {
        for count in [0, 1, 2, 1000] {
            assert_eq!(each(count, |number| number * 2), (0..count).map(|number| number * 2).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_panic_reaches_the_caller() {
        let run = std::panic::catch_unwind(|| each(100, |number| assert!(number != 57)));
        assert!(run.is_err());
    }
}
