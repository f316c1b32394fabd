//! As much of HTTP as `serve` needs: one thread and one answer a connection, on this machine alone.
//!
//! No pool: a page that waits for the next build holds its connection, and must never hold back another one.

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread::Scope;
use std::time::Duration;

/// The longest head of a request that is read, in bytes.
const HEAD_MAX: usize = 16 * 1024;
/// The most header lines of a request.
const HEADERS_MAX: usize = 64;
/// How long a connection may take to say what it wants, or to take its answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// One request, which waits for its one answer. Dropped without an answer, its connection closes.
#[derive(Debug)]
pub(crate) struct Request {
    stream: TcpStream,
    /// What is asked for: path and query, as sent.
    pub(crate) target: String,
    /// A reader opens it as a page, rather than a script as data; true where a browser does not say.
    pub(crate) opened: bool,
    /// The headers alone are wanted.
    head_only: bool,
}

/// An answer.
#[derive(Debug, Default)]
pub(crate) struct Response {
    /// The status, 200 to 599.
    pub(crate) status: u16,
    /// Header lines besides those of the protocol itself.
    pub(crate) headers: Vec<(&'static str, String)>,
    /// The body.
    pub(crate) body: Vec<u8>,
}

impl Request {
    /// Sends the answer and closes the connection; a reader that has gone is no fault.
    pub(crate) fn respond(mut self, response: &Response) {
        let _ = self.send(response);
    }

    fn send(&mut self, response: &Response) -> io::Result<()> {
        let mut head = format!(
            "HTTP/1.1 {} {}\r\nContent-Length: {}\r\nConnection: close\r\n",
            response.status,
            reason(response.status),
            response.body.len()
        );
        for (name, value) in &response.headers {
            // A control character in an address must not begin a header of its own.
            if !value.contains(|c: char| c.is_control()) {
                head.extend([name, ": ", value.as_str(), "\r\n"]);
            }
        }
        head.push_str("\r\n");
        self.stream.write_all(head.as_bytes())?;
        if !self.head_only {
            self.stream.write_all(&response.body)?;
        }
        self.stream.flush()
    }
}

/// Takes every connection of `listener`, each in a thread of its own, and has `answer` see to its request.
pub(crate) fn each_request<'scope>(
    scope: &'scope Scope<'scope, '_>,
    listener: &TcpListener,
    answer: impl Fn(Request) + Copy + Send + 'scope,
) {
    for stream in listener.incoming().flatten() {
        scope.spawn(move || {
            if let Some(request) = read(stream) {
                answer(request);
            }
        });
    }
}

/// Reads the head of a request; what is none, or no GET or HEAD, is answered here.
fn read(mut stream: TcpStream) -> Option<Request> {
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    stream.set_write_timeout(Some(PATIENCE)).ok()?;
    let head = read_head(&mut stream)?;
    let nothing = Whole::default();
    let (refusal, whole) = match head {
        Parsed::Whole(whole) if matches!(whole.method.as_str(), "GET" | "HEAD") => (None, whole),
        Parsed::Whole(_) => (Some(405), nothing),
        Parsed::Partial | Parsed::Bad => (Some(400), nothing),
    };
    let request = Request {
        stream,
        head_only: whole.method == "HEAD",
        target: whole.target,
        opened: whole.opened,
    };
    let Some(status) = refusal else {
        return Some(request);
    };
    request.respond(&Response {
        status,
        ..Response::default()
    });
    None
}

/// The head, or how it is wrong; nothing from a connection that says nothing.
fn read_head(stream: &mut TcpStream) -> Option<Parsed> {
    let mut bytes = Vec::new();
    let mut more = [0; 2048];
    loop {
        let count = stream.read(&mut more).ok().filter(|&count| count > 0)?;
        bytes.extend_from_slice(more.get(..count)?);
        match parse(&bytes) {
            Parsed::Partial if bytes.len() < HEAD_MAX => {}
            parsed => return Some(parsed),
        }
    }
}

/// A head, read.
#[derive(Debug, Default, PartialEq, Eq)]
struct Whole {
    method: String,
    target: String,
    opened: bool,
}

/// What the first bytes of a connection are.
#[derive(Debug, PartialEq, Eq)]
enum Parsed {
    Whole(Whole),
    Partial,
    Bad,
}

fn parse(bytes: &[u8]) -> Parsed {
    let mut headers = [httparse::EMPTY_HEADER; HEADERS_MAX];
    let mut request = httparse::Request::new(&mut headers);
    match request.parse(bytes) {
        Ok(httparse::Status::Partial) => Parsed::Partial,
        Ok(httparse::Status::Complete(_)) => match (request.method, request.path) {
            (Some(method), Some(target)) => Parsed::Whole(Whole {
                method: method.to_owned(),
                target: target.to_owned(),
                opened: is_opened(request.headers),
            }),
            _ => Parsed::Bad,
        },
        Err(_) => Parsed::Bad,
    }
}

/// Whether the request is for a page to be shown (Fetch Metadata).
fn is_opened(headers: &[httparse::Header]) -> bool {
    let told = headers
        .iter()
        .find(|header| header.name.eq_ignore_ascii_case("sec-fetch-dest"));
    told.is_none_or(|header| header.value == b"document")
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        301 => "Moved Permanently",
        400 => "Bad Request",
        404 => "Not Found",
        405 => "Method Not Allowed",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_of_a_request_is_read() {
        let read = |method: &str, target: &str, opened| {
            Parsed::Whole(Whole {
                method: method.to_owned(),
                target: target.to_owned(),
                opened,
            })
        };
        let whole = |method: &str, target: &str| read(method, target, true);
        for (bytes, expected) in [
            (
                "GET /faq/?a=1 HTTP/1.1\r\nHost: x\r\n\r\n",
                whole("GET", "/faq/?a=1"),
            ),
            (
                "GET / HTTP/1.1\r\nSec-Fetch-Dest: document\r\n\r\n",
                whole("GET", "/"),
            ),
            (
                "GET / HTTP/1.1\r\nsec-fetch-dest: empty\r\n\r\n",
                read("GET", "/", false),
            ),
            ("POST / HTTP/1.1\r\n\r\n", whole("POST", "/")),
            ("GET / HTTP/1.1\r\nHost: x\r\n", Parsed::Partial),
            ("", Parsed::Partial),
            ("\u{1}\r\n\r\n", Parsed::Bad),
            ("GET / HTTP/9\r\n\r\n", Parsed::Bad),
        ] {
            assert_eq!(parse(bytes.as_bytes()), expected, "{bytes:?}");
        }
    }
}
