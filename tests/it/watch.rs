//! `check --watch` as a real process: a save brings the next screen, and nothing else does.

use std::fs;
use std::io::Read;
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use crate::cases::{Scratch, lay_out, program};

const SOMU: &str = "departments/2025/somu.yaml";

/// A running watch, ended with the test.
struct Watch {
    child: Child,
    screens: Receiver<String>,
    said: String,
}

impl Drop for Watch {
    fn drop(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }
}

impl Watch {
    fn start(city: &Scratch, more: &[&str]) -> Watch {
        let mut child = program(&city.0)
            .args(["check", "--watch"])
            .args(more)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program runs");
        let mut out = child.stdout.take().expect("stdout");
        let (tell, screens) = channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = out.read(&mut bytes) {
                _ = tell.send(String::from_utf8_lossy(&bytes[..count]).into_owned());
            }
        });
        Watch { child, screens, said: String::new() }
    }

    /// Waits for words on the screen; then what was said is forgotten.
    fn until(&mut self, words: &str) {
        let begun = Instant::now();
        while !self.said.contains(words) {
            match self.screens.recv_timeout(Duration::from_millis(100)) {
                Ok(text) => self.said.push_str(&text),
                Err(RecvTimeoutError::Timeout) if begun.elapsed() < Duration::from_secs(20) => {}
                Err(error) => panic!("{error}: no {words} in {}", self.said),
            }
        }
        self.said.clear();
    }

    /// Everything that is said in a while.
    fn meanwhile(&mut self, time: Duration) -> String {
        let begun = Instant::now();
        while let Some(left) = time.checked_sub(begun.elapsed()) {
            if let Ok(text) = self.screens.recv_timeout(left) {
                self.said.push_str(&text);
            }
        }
        std::mem::take(&mut self.said)
    }
}

#[test]
fn a_save_is_checked_at_once_and_a_burst_of_saves_once() {
    let scratch = Scratch::new("watch");
    lay_out("small", &scratch.0);
    let path = scratch.0.join(SOMU);
    let plan = fs::read_to_string(&path).expect("plan");
    let mut watch = Watch::start(&scratch, &[]);
    watch.until("問題はありません");

    // Saved in place.
    let begun = Instant::now();
    fs::write(&path, plan.replace("division: bosai", "division: bousai")).expect("save");
    watch.until("K203");
    assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());

    // A half-written file is a finding, not an end; then saved by a new file under the old name.
    watch.meanwhile(Duration::from_millis(300));
    fs::write(&path, &plan.as_bytes()[..plan.len() / 2]).expect("save");
    watch.until("K");
    watch.meanwhile(Duration::from_millis(300));
    fs::write(path.with_file_name(".somu.yaml.swp"), &plan).expect("dropping");
    fs::rename(path.with_file_name(".somu.yaml.swp"), &path).expect("save");
    watch.until("問題はありません");

    // What editors leave beside a file brings nothing; a burst of saves brings one screen.
    fs::write(path.with_file_name("somu.yaml~"), "x").expect("dropping");
    fs::write(scratch.0.join("notes.yaml"), "x").expect("elsewhere");
    assert_eq!(watch.meanwhile(Duration::from_millis(500)), "");
    for number in 0..5 {
        fs::write(&path, plan.replace("value: 4", &format!("value: 4{number}0"))).expect("save");
        std::thread::sleep(Duration::from_millis(10));
    }
    let said = watch.meanwhile(Duration::from_millis(2500));
    assert_eq!(said.matches("点検しました").count(), 1, "{said}");

    // A plan that is gone and comes back.
    fs::remove_file(&path).expect("remove");
    watch.until("K306");
    fs::write(&path, &plan).expect("save");
    watch.until("問題はありません");
    assert!(watch.child.try_wait().expect("alive").is_none());
}

#[test]
fn what_makes_no_sense_with_watch_is_refused() {
    let scratch = Scratch::new("watch-refused");
    lay_out("small", &scratch.0);
    for arguments in
        [&["--fix"][..], &["--diff"], &["--unsafe-fixes"], &["--rev", "HEAD"], &["-", "--stdin-filename", SOMU]]
    {
        for (lang, words) in [("ja", "一緒に使えません"), ("en", "cannot be used with")] {
            let done =
                program(&scratch.0).args(["check", "--watch", "--lang", lang]).args(arguments).output().expect("runs");
            let said = String::from_utf8_lossy(&done.stderr).into_owned();
            assert!(done.status.code() == Some(2) && said.contains(words), "{said}");
        }
    }
    let done = program(&std::env::temp_dir()).args(["check", "--watch"]).output().expect("runs");
    assert_eq!(done.status.code(), Some(2), "nothing to watch is an error at once");
}
