//! The program: a few lines around [`kpolicy::main`].

use std::process::ExitCode;

use kpolicy::error::Exit;

/// Enough for every depth that a file may have, however little the system gives to begin with.
const STACK: usize = 8 * 1024 * 1024;

fn main() -> ExitCode {
    let run = || {
        let args: Vec<_> = std::env::args_os().collect();
        // Not locked for good: the language server writes to it from a thread of its own.
        kpolicy::main(&args, &mut std::io::stdout(), &mut std::io::stderr())
    };
    // The system gives a thread of its own its memory page by page, with a call for each few.
    let ended =
        if has_room() { Err(run) } else { std::thread::Builder::new().stack_size(STACK).spawn(run).map_err(|_| run) };
    let ended = match ended {
        Ok(thread) => thread.join(),
        // Without room for another stack, the one that is there has to do.
        Err(run) => std::panic::catch_unwind(run),
    };
    ExitCode::from(ended.unwrap_or(Exit::CouldNotRun) as u8)
}

/// True where the first thread has that much already.
#[cfg(unix)]
fn has_room() -> bool {
    use rustix::process::{Resource, getrlimit};
    getrlimit(Resource::Stack).current.is_none_or(|bytes| bytes >= STACK as u64)
}

#[cfg(not(unix))]
fn has_room() -> bool {
    false
}
