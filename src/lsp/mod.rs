//! `kpolicy lsp`: the language server, for editors.
//!
//! ```text
//! intake     messages, taken in while an answer is worked out
//!   → server   the order of the protocol: initialize, requests, shutdown, exit
//!   → session  open buffers (documents) and the cities they lie in (site)
//!   → requests one file a request, over a city as it stands with the open buffers laid over it
//! ```
//!
//! Beside them: `encoding` (lines and columns as client and server agreed), `uri` (addresses),
//! `cursor` (where a cursor stands, from the indentation alone: a buffer being typed is mostly
//! broken), `meaning` (what the word there names) and `outline` (the parts of a buffer).
//!
//! A large city is judged on a thread of its own (`background`); until it is done, the plan in hand is
//! judged in a small city of the policy and the plans that it names (`sketch`).
//!
//! Nothing here decides what is right or wrong; that is the rules'. Nothing is written but what an
//! editor asks to change.

mod background;
pub mod cursor;
pub mod documents;
pub mod encoding;
mod intake;
mod meaning;
mod outgoing;
mod outline;
mod publish;
mod requests;
mod server;
mod session;
mod site;
mod sketch;
pub mod uri;

pub use server::{Options, serve};
