//! The browser's debugging protocol over a pipe: commands out, answers and events in.
//!
//! A pipe rather than a port: when the test process dies, however it dies, the pipe closes and Chromium leaves.

use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{ChildStdin, ChildStdout};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long anything is waited for before the test fails. Generous: CI has two cores.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// Everything received so far, and the bell that rings when more comes.
#[derive(Debug, Default)]
struct Inbox {
    state: Mutex<State>,
    bell: Condvar,
}

#[derive(Debug, Default)]
struct State {
    answers: BTreeMap<u64, Value>,
    events: Vec<Value>,
    closed: bool,
}

/// A connection to one browser.
#[derive(Debug)]
pub struct Connection {
    out: Mutex<(u64, ChildStdin)>,
    inbox: Arc<Inbox>,
}

impl Connection {
    /// Takes over the two ends of the pipe; messages end with a NUL byte.
    #[must_use]
    pub fn new(to_browser: ChildStdin, from_browser: ChildStdout) -> Self {
        let inbox = Arc::new(Inbox::default());
        let filled = Arc::clone(&inbox);
        std::thread::spawn(move || fill(&filled, from_browser));
        Self {
            out: Mutex::new((0, to_browser)),
            inbox,
        }
    }

    /// Sends a command and waits for its answer. `session` is empty for the browser itself.
    ///
    /// # Panics
    /// Where Chromium answers with an error, leaves, or stays silent for [`PATIENCE`].
    pub fn call(&self, session: &str, method: &str, params: Value) -> Value {
        self.try_call(session, method, params)
            .unwrap_or_else(|refusal| panic!("{method}: {refusal}"))
    }

    /// The same, with Chromium's refusal as a value.
    ///
    /// # Errors
    /// What Chromium said.
    ///
    /// # Panics
    /// Where Chromium leaves, or stays silent for [`PATIENCE`].
    pub fn try_call(&self, session: &str, method: &str, params: Value) -> Result<Value, String> {
        let id = self.send(session, method, params);
        let answer = self
            .wait(|state| state.answers.remove(&id))
            .unwrap_or_else(|| panic!("Chromium gave no answer to {method}"));
        match answer.get("error") {
            Some(error) => Err(error.to_string()),
            None => Ok(answer["result"].clone()),
        }
    }

    fn send(&self, session: &str, method: &str, params: Value) -> u64 {
        let mut out = self.out.lock().unwrap_or_else(PoisonError::into_inner);
        out.0 += 1;
        let id = out.0;
        let mut message = json!({ "id": id, "method": method });
        // Assigned rather than written in the literal: `params` moves, it is not copied.
        message["params"] = params;
        if !session.is_empty() {
            message["sessionId"] = session.into();
        }
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        out.1.write_all(&bytes).expect("Chromium closed its pipe");
        id
    }

    /// The first value that `find` makes of what has come, waiting up to [`PATIENCE`]; none when time is out.
    fn wait<T>(&self, mut find: impl FnMut(&mut State) -> Option<T>) -> Option<T> {
        let until = Instant::now() + PATIENCE;
        let mut state = self
            .inbox
            .state
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(found) = find(&mut state) {
                return Some(found);
            }
            let left = until.checked_duration_since(Instant::now())?;
            if state.closed {
                return None;
            }
            state = self
                .inbox
                .bell
                .wait_timeout(state, left)
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
    }

    /// Waits for an event of this session, from the `since`-th event received on.
    ///
    /// # Panics
    /// Where it does not come within [`PATIENCE`].
    pub fn wait_event(&self, session: &str, method: &str, since: usize) -> Value {
        self.wait(|state| {
            let mut later = state.events.iter().skip(since);
            later
                .find(|e| e["sessionId"] == session && e["method"] == method)
                .cloned()
        })
        .unwrap_or_else(|| panic!("{method} did not come"))
    }

    /// How many events have come: a mark for [`Self::wait_event`].
    pub fn mark(&self) -> usize {
        self.inbox
            .state
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .events
            .len()
    }

    /// Every event of a session with this name, so far.
    pub fn events(&self, session: &str, method: &str) -> Vec<Value> {
        let state = self
            .inbox
            .state
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let mine = state
            .events
            .iter()
            .filter(|e| e["sessionId"] == session && e["method"] == method);
        mine.map(|e| e["params"].clone()).collect()
    }
}

fn fill(inbox: &Inbox, from_browser: ChildStdout) {
    let mut reader = BufReader::new(from_browser);
    let mut bytes = Vec::new();
    while reader.read_until(0, &mut bytes).is_ok_and(|n| n > 0) {
        bytes.pop();
        if let Ok(message) = serde_json::from_slice::<Value>(&bytes) {
            let mut state = inbox.state.lock().unwrap_or_else(PoisonError::into_inner);
            match message["id"].as_u64() {
                Some(id) => drop(state.answers.insert(id, message)),
                None => state.events.push(message),
            }
            inbox.bell.notify_all();
        }
        bytes.clear();
    }
    inbox
        .state
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .closed = true;
    inbox.bell.notify_all();
}
