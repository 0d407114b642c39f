//! What the client sent and nobody has answered yet. A thread takes messages in while an answer is
//! being worked out, so that a request can be taken back, and a burst of edits is judged once.

use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use lsp_server::{Message, RequestId};
use serde_json::Value;

use crate::lsp::background::Judged;

/// Something that happened.
pub(super) enum Event {
    /// The client sent a message.
    Message(Message),
    /// A large city was judged, on a thread of its own.
    Judged(Box<Judged>),
    /// Nothing happened for a while.
    Quiet,
    /// The client is gone.
    Gone,
}

/// The queue.
pub(super) struct Intake {
    /// For those who work on threads of their own.
    pub(super) sender: Sender<Event>,
    receiver: Receiver<Event>,
    waiting: VecDeque<Event>,
}

impl Intake {
    /// Takes in what a connection receives, until it is closed.
    pub(super) fn of(connection: &lsp_server::Connection) -> Intake {
        let (sender, receiver) = channel();
        let source = connection.receiver.clone();
        let messages = sender.clone();
        thread::spawn(move || {
            for message in &source {
                if messages.send(Event::Message(message)).is_err() {
                    return;
                }
            }
            _ = messages.send(Event::Gone);
        });
        Intake { sender, receiver, waiting: VecDeque::new() }
    }

    /// What happens next.
    pub(super) fn next(&mut self) -> Event {
        self.fill();
        self.waiting.pop_front().or_else(|| self.receiver.recv().ok()).unwrap_or(Event::Gone)
    }

    /// The same, unless nothing happens for a while.
    pub(super) fn next_within(&mut self, wait: Duration) -> Event {
        self.fill();
        self.waiting.pop_front().unwrap_or_else(|| match self.receiver.recv_timeout(wait) {
            Ok(event) => event,
            Err(RecvTimeoutError::Timeout) => Event::Quiet,
            Err(RecvTimeoutError::Disconnected) => Event::Gone,
        })
    }

    /// True where nothing waits.
    pub(super) fn is_idle(&mut self) -> bool {
        self.fill();
        self.waiting.is_empty()
    }

    /// True where the client has taken a waiting request back.
    pub(super) fn is_taken_back(&mut self, id: &RequestId) -> bool {
        self.fill();
        self.waiting.iter().any(|message| match message {
            Event::Message(Message::Notification(note)) if note.method == "$/cancelRequest" => {
                taken_back(&note.params).as_ref() == Some(id)
            }
            _ => false,
        })
    }

    fn fill(&mut self) {
        self.waiting.extend(self.receiver.try_iter());
    }
}

fn taken_back(params: &Value) -> Option<RequestId> {
    match params.get("id")? {
        Value::String(id) => Some(RequestId::from(id.clone())),
        number => Some(RequestId::from(i32::try_from(number.as_i64()?).ok()?)),
    }
}
