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
    let ended = match std::thread::Builder::new().stack_size(STACK).spawn(run) {
        Ok(thread) => thread.join().unwrap_or(Exit::CouldNotRun),
        // Without room for another stack, the one that is there has to do.
        Err(_) => run(),
    };
    ExitCode::from(ended as u8)
}
