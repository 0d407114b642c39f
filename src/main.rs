//! The program: a few lines around [`kpolicy::main`].

use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<_> = std::env::args_os().collect();
    // Not locked for good: the language server writes to it from a thread of its own.
    ExitCode::from(kpolicy::main(&args, &mut std::io::stdout(), &mut std::io::stderr()) as u8)
}
