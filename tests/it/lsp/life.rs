//! The life of the server: the order of the protocol, in memory and as a program.

use std::io::{Read, Write};
use std::process::Stdio;

use kpolicy::error::Exit;
use kpolicy::lang::Lang;
use kpolicy::lsp::encoding::Encoding;
use serde_json::{Value, json};

use super::client::Client;
use crate::cases::{Scratch, lay_out, program};

fn small(name: &str) -> Scratch {
    let scratch = Scratch::new(name);
    lay_out("small", &scratch.0);
    scratch
}

#[test]
fn the_order_of_the_protocol() {
    let scratch = small("lsp-order");
    let mut client = Client::silent(&scratch.0, Encoding::Utf16, Lang::En);
    client.note("textDocument/didOpen", json!({}));
    assert_eq!(client.try_ask("textDocument/hover", json!({})), Err(-32002));
    let result = client.ask("initialize", json!({ "capabilities": {} }));
    assert_eq!(result["capabilities"]["positionEncoding"], "utf-16");
    assert_eq!(client.try_ask("initialize", json!({ "capabilities": {} })), Err(-32600));
    client.note("initialized", json!({}));
    client.note("$/whatever", json!([1, 2]));
    client.note("textDocument/didChange", json!({ "textDocument": 3 }));
    assert_eq!(client.try_ask("textDocument/whatever", json!({})), Err(-32601));
    assert_eq!(client.try_ask("textDocument/hover", json!({ "position": "here" })), Err(-32602));
    assert_eq!(client.try_ask("textDocument/hover", Value::Null), Err(-32602));
    let nowhere = json!({ "textDocument": { "uri": "untitled:1" }, "position": { "line": 0, "character": 0 } });
    assert_eq!(client.ask("textDocument/hover", nowhere), Value::Null);
    // Some clients send parameters where there are none.
    assert_eq!(client.ask("shutdown", json!({})), Value::Null);
    assert_eq!(client.try_ask("textDocument/hover", json!({})), Err(-32600));
    assert_eq!(client.try_ask("shutdown", Value::Null), Err(-32600));
    client.note("exit", Value::Null);
    assert_eq!(client.gone(), Exit::Ok);
}

#[test]
fn ends_that_are_not_by_the_book() {
    let scratch = small("lsp-ends");
    assert_eq!(Client::new(&scratch.0, Encoding::Utf8, Lang::Ja).gone(), Exit::Findings);
    let client = Client::new(&scratch.0, Encoding::Utf8, Lang::Ja);
    client.note("exit", Value::Null);
    assert_eq!(client.gone(), Exit::Findings);
    let client = Client::silent(&scratch.0, Encoding::Utf8, Lang::Ja);
    client.note("exit", Value::Null);
    assert_eq!(client.gone(), Exit::Findings);
}

#[test]
fn a_request_taken_back_is_refused() {
    let scratch = small("lsp-cancel");
    let mut client = Client::new(&scratch.0, Encoding::Utf16, Lang::Ja);
    client.open("departments/2025/somu.yaml");
    // The first answer takes long enough for what follows to arrive.
    let asked: Vec<_> = (0..50).map(|_| client.send("textDocument/hover", json!({}))).collect();
    let last = client.send("textDocument/hover", json!({}));
    client.note("$/cancelRequest", json!({ "id": 51 + 1 }));
    for id in &asked {
        assert_eq!(client.answer(id), Err(-32602));
    }
    assert!(matches!(client.answer(&last), Err(-32800 | -32602)));
    client.leave();
}

/// One message as it goes over the wire.
fn frame(message: &Value) -> Vec<u8> {
    let body = message.to_string();
    format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

#[test]
fn the_program_speaks_over_pipes_and_nothing_else() {
    let scratch = small("lsp-program");
    for (shutdown, exit, code) in [(true, true, 0), (false, true, 1), (false, false, 1)] {
        let mut command = program(&scratch.0);
        let command =
            command.args(["lsp", "--stdio"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("it runs");
        let mut stdin = child.stdin.take().expect("a pipe");
        let mut messages = vec![
            json!({ "jsonrpc": "2.0", "id": "a", "method": "initialize", "params": { "capabilities": {}, "locale": "en" } }),
            json!({ "jsonrpc": "2.0", "method": "initialized", "params": {} }),
        ];
        if shutdown {
            messages.push(json!({ "jsonrpc": "2.0", "id": 2, "method": "shutdown" }));
        }
        if exit {
            messages.push(json!({ "jsonrpc": "2.0", "method": "exit" }));
        }
        for message in &messages {
            stdin.write_all(&frame(message)).expect("it listens");
        }
        drop(stdin);
        let (mut out, mut err) = (Vec::new(), String::new());
        child.stdout.take().expect("a pipe").read_to_end(&mut out).expect("it speaks");
        child.stderr.take().expect("a pipe").read_to_string(&mut err).expect("it speaks");
        assert_eq!(child.wait().expect("it ends").code(), Some(code));
        assert_eq!(err, "");
        let mut rest = out.as_slice();
        let mut bodies: Vec<Value> = Vec::new();
        while !rest.is_empty() {
            let text = std::str::from_utf8(rest).expect("UTF-8");
            let (head, _) = text.split_once("\r\n\r\n").expect("a head");
            let length: usize = head.strip_prefix("Content-Length: ").and_then(|n| n.parse().ok()).expect("a length");
            let body = &rest[head.len() + 4..head.len() + 4 + length];
            bodies.push(serde_json::from_slice(body).expect("JSON"));
            rest = &rest[head.len() + 4 + length..];
        }
        assert_eq!(bodies[0]["id"], "a");
        assert_eq!(bodies.len(), if shutdown { 2 } else { 1 });
    }
}
