//! The order of the protocol: initialize, requests and notes, shutdown, exit.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};
use serde::Serialize;
use serde_json::{Value, json};

use crate::date::Date;
use crate::error::{Error, Exit};
use crate::lang::Lang;
use crate::lsp::intake::{Event, Intake};
use crate::lsp::outgoing;
use crate::lsp::publish::Told;
use crate::lsp::requests::{self, Failure, notes};
use crate::lsp::session::{Client, Session};
use crate::say;

/// How the server was started.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The city's folder; else it is looked for from each file upwards.
    pub root: Option<PathBuf>,
    /// The language; else the city's, else the client's.
    pub lang: Option<Lang>,
    /// The day on which cities are judged; else their own, else today.
    pub today: Option<Date>,
    /// Files that a city has at most whose whole is judged at each keystroke.
    pub small: Option<usize>,
}

/// Serves one client until it says exit or is gone.
///
/// Ends well only after a shutdown; an exit before it, or a client that vanishes, is told by the
/// exit code 1.
pub fn serve(connection: &Connection, options: Options) -> Exit {
    let mut server = Server { connection, options, running: None, shut: false, asked: 0 };
    let mut intake = Intake::of(connection);
    loop {
        let event = match server.running.as_ref().and_then(|running| running.session.waits()) {
            Some(wait) => intake.next_within(wait),
            None => intake.next(),
        };
        let going_on = match event {
            Event::Message(Message::Request(request)) => server.answer(request, &mut intake),
            Event::Message(Message::Notification(note)) if note.method == "exit" => break,
            Event::Message(Message::Notification(note)) => server.note(note),
            Event::Message(Message::Response(_)) => Ok(()),
            Event::Judged(judged) => {
                if let Some(running) = &mut server.running {
                    running.session.settle(*judged);
                }
                Ok(())
            }
            Event::Quiet => {
                if let Some(running) = &mut server.running {
                    running.session.judge_whole();
                }
                Ok(())
            }
            Event::Gone => break,
        };
        let going_on = going_on.and_then(|()| if intake.is_idle() { server.tell() } else { Ok(()) });
        if going_on.is_err() {
            break;
        }
    }
    if server.shut { Exit::Ok } else { Exit::Findings }
}

/// The client is gone: nothing can be sent any more.
struct Gone;

struct Server<'c> {
    connection: &'c Connection,
    options: Options,
    /// Once initialized.
    running: Option<Running>,
    /// After shutdown.
    shut: bool,
    /// Requests sent to the client.
    asked: i32,
}

struct Running {
    session: Session,
    told: Told,
}

impl Server<'_> {
    fn send(&self, message: impl Into<Message>) -> Result<(), Gone> {
        self.connection.sender.send(outgoing::harmless(message.into())).map_err(|_| Gone)
    }

    fn refuse(&self, id: RequestId, code: ErrorCode, message: &str) -> Result<(), Gone> {
        self.send(Response::new_err(id, code as i32, message.to_owned()))
    }

    fn answer(&mut self, request: Request, intake: &mut Intake) -> Result<(), Gone> {
        let Request { id, method, params } = request;
        if self.shut {
            return self.refuse(id, ErrorCode::InvalidRequest, "the server is shutting down");
        }
        match (&mut self.running, method.as_str()) {
            (None, "initialize") => self.initialize(id, &params, intake),
            (None, _) => self.refuse(id, ErrorCode::ServerNotInitialized, "initialize comes first"),
            (Some(_), "initialize") => self.refuse(id, ErrorCode::InvalidRequest, "initialized already"),
            (Some(_), "shutdown") => {
                self.shut = true;
                self.send(Response::new_ok(id, Value::Null))
            }
            (Some(_), _) if intake.is_taken_back(&id) => {
                self.refuse(id, ErrorCode::RequestCanceled, "taken back by the client")
            }
            (Some(running), method) => {
                let session = &mut running.session;
                let answered = guarded(|| {
                    session.read();
                    if requests::asks_findings(method) {
                        session.judge();
                    }
                    requests::answer(session, method, params)
                });
                let response = match answered {
                    Ok(Ok(result)) => Response::new_ok(id, result),
                    Ok(Err(Failure::Unknown)) => {
                        let words = format!("there is no request {method}");
                        Response::new_err(id, ErrorCode::MethodNotFound as i32, words)
                    }
                    Ok(Err(Failure::Params(words))) => Response::new_err(id, ErrorCode::InvalidParams as i32, words),
                    Ok(Err(Failure::Refused(words))) => Response::new_err(id, ErrorCode::RequestFailed as i32, words),
                    Err(words) => Response::new_err(id, ErrorCode::InternalError as i32, words),
                };
                self.send(response)
            }
        }
    }

    fn initialize(&mut self, id: RequestId, params: &Value, intake: &Intake) -> Result<(), Gone> {
        let client = Client::of(params);
        let result = json!({
            "capabilities": requests::capabilities(&client),
            "serverInfo": { "name": "kpolicy", "version": env!("CARGO_PKG_VERSION") },
        });
        let mut session = Session::new(self.options.clone(), client, intake.sender.clone());
        _ = guarded(|| session.begin(params));
        self.running = Some(Running { session, told: Told::default() });
        self.send(Response::new_ok(id, result))
    }

    /// Takes a note; those that came too early or too late, or say nothing, are passed over.
    fn note(&mut self, note: Notification) -> Result<(), Gone> {
        let Some(running) = self.running.as_mut().filter(|_| !self.shut) else { return Ok(()) };
        if note.method == "initialized" {
            return if running.session.client.watches { self.ask_to_watch() } else { Ok(()) };
        }
        let session = &mut running.session;
        _ = guarded(|| notes::take(session, &note.method, note.params));
        Ok(())
    }

    /// Asks to be told of changes on the disk.
    fn ask_to_watch(&mut self) -> Result<(), Gone> {
        let watchers = json!([{ "globPattern": "**/{policy,departments}/**/*.{yaml,yml,YAML,YML}" }]);
        let registration = json!({
            "id": "disk", "method": "workspace/didChangeWatchedFiles", "registerOptions": { "watchers": watchers },
        });
        self.ask("client/registerCapability", json!({ "registrations": [registration] }))
    }

    fn ask(&mut self, method: &str, params: impl Serialize) -> Result<(), Gone> {
        self.asked += 1;
        self.send(Request::new(RequestId::from(format!("kpolicy-{}", self.asked)), method.to_owned(), params))
    }

    /// Tells the client what is wrong now, where anything changed.
    fn tell(&mut self) -> Result<(), Gone> {
        let Some(Running { session, told }) = self.running.as_mut().filter(|_| !self.shut) else { return Ok(()) };
        let news = guarded(|| {
            session.judge();
            if std::mem::take(&mut session.untold) { told.news(session) } else { Vec::new() }
        });
        let refreshes = session.client.refreshes;
        let trouble = std::mem::take(&mut session.trouble);
        let lang = session.options.lang.or(session.client.lang).unwrap_or_default();
        let (news, failed) = match news {
            Ok(news) => (news, None),
            Err(words) => (Vec::new(), Some(words)),
        };
        let any = !news.is_empty();
        for params in news {
            self.send(Notification::new("textDocument/publishDiagnostics".to_owned(), params))?;
        }
        for error in trouble {
            self.show(&error.text(lang))?;
        }
        if let Some(detail) = failed {
            let error = Error::environment(say!(
                "点検は行われていません。kpolicy の中で思わぬことが起きました（{detail}）。",
                "nothing was checked: something unexpected happened inside kpolicy ({detail})."
            ));
            self.show(&error.text(lang))?;
        }
        for (wanted, method) in refreshes.into_iter().zip(["workspace/codeLens/refresh", "workspace/inlayHint/refresh"])
        {
            if wanted && any {
                self.ask(method, Value::Null)?;
            }
        }
        Ok(())
    }

    fn show(&self, words: &str) -> Result<(), Gone> {
        self.send(Notification::new("window/showMessage".to_owned(), json!({ "type": 1, "message": words })))
    }
}

/// What a panic leaves undone is told, and the server goes on.
fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
        text.unwrap_or_default().to_owned()
    })
}
