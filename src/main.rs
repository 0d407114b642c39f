//! The program: a few lines around [`kpolicy::main`].

use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<_> = std::env::args_os().collect();
    ExitCode::from(kpolicy::main(&args, &mut std::io::stdout().lock(), &mut std::io::stderr().lock()) as u8)
}
