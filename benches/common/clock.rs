//! The time that the processor spent, where the system tells it.

use std::time::{Duration, Instant};

/// A moment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock {
    wall: Instant,
    spent: Option<Duration>,
}

/// What lies between two moments.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cost {
    /// By the clock on the wall.
    pub wall: Duration,
    /// Of all threads together; the time on the wall where nobody tells it.
    pub cpu: Duration,
}

impl Clock {
    pub(crate) fn start() -> Clock {
        Clock { wall: Instant::now(), spent: spent() }
    }

    pub(crate) fn stop(self) -> Cost {
        let wall = self.wall.elapsed();
        let cpu = self.spent.zip(spent()).map(|(before, now)| now.saturating_sub(before));
        Cost { wall, cpu: cpu.unwrap_or(wall) }
    }
}

/// User and system time of this process; Linux counts both in hundredths of a second.
fn spent() -> Option<Duration> {
    let told = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The program's name may hold spaces; it ends with the last bracket.
    let fields: Vec<&str> = told.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<u64>().ok());
    Some(Duration::from_millis((ticks(11)? + ticks(12)?) * 10))
}
