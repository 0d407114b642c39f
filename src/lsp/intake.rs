//! What the client sent and nobody has answered yet. A thread takes messages in while an answer is
//! being worked out, so that a request can be taken back, and a burst of edits is judged once.

use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use lsp_server::{Message, RequestId};
use serde_json::Value;

/// The queue.
pub(super) struct Intake {
    receiver: Receiver<Message>,
    waiting: VecDeque<Message>,
}

impl Intake {
    /// Takes in what a connection receives, until it is closed.
    pub(super) fn of(connection: &lsp_server::Connection) -> Intake {
        let (sender, receiver) = channel();
        let source = connection.receiver.clone();
        thread::spawn(move || source.iter().try_for_each(|message| sender.send(message)));
        Intake { receiver, waiting: VecDeque::new() }
    }

    /// The next message; none once the client is gone.
    pub(super) fn next(&mut self) -> Option<Message> {
        self.fill();
        self.waiting.pop_front().or_else(|| self.receiver.recv().ok())
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
            Message::Notification(note) if note.method == "$/cancelRequest" => {
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
