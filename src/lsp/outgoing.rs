//! What leaves for the editor: nothing that people are shown acts on a screen.

use lsp_server::{Message, Notification, Request, Response};
use serde_json::Value;

use crate::ui;

/// What is typed into files, names files or is handed back as it was; all else is shown.
const RAW: [&str; 9] =
    ["newText", "insertText", "filterText", "uri", "targetUri", "newUri", "oldUri", "documentChanges", "data"];

/// The message with every control and bidi character of what is shown as `<U+001B>`.
pub(super) fn harmless(message: Message) -> Message {
    match message {
        Message::Response(Response { id, response_result }) => {
            Message::Response(Response { id, response_result: response_result.map(shown) })
        }
        Message::Notification(Notification { method, params }) => {
            Message::Notification(Notification { method, params: shown(params) })
        }
        Message::Request(Request { id, method, params }) => {
            Message::Request(Request { id, method, params: shown(params) })
        }
    }
}

fn shown(mut value: Value) -> Value {
    mend(&mut value);
    value
}

fn mend(value: &mut Value) {
    match value {
        Value::String(text) if text.chars().any(|c| ui::is_hidden(c) && c != '\t') => *text = ui::harmless(text),
        Value::Array(values) => values.iter_mut().for_each(mend),
        Value::Object(fields) => {
            fields.iter_mut().filter(|(name, _)| !RAW.contains(&name.as_str())).for_each(|(_, value)| mend(value));
        }
        _ => {}
    }
}
