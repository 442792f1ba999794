//! An SMTP server: the session is `mailin`'s, the sockets are ours.

use std::{
    io::{BufRead, BufReader, Write},
    net::{IpAddr, SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{self, Receiver, Sender},
    },
    thread,
    time::Duration,
};

use mailin::{Action, Handler, Response, SessionBuilder, response};

/// Longer than anything takes that is going to happen.
const PATIENCE: Duration = Duration::from_mins(1);

/// A mail as it arrived.
#[derive(Debug, Clone, Default)]
pub(crate) struct Letter {
    pub(crate) from: String,
    pub(crate) to: Vec<String>,
    pub(crate) text: String,
}

impl Letter {
    /// The value of a header that stands on one line.
    pub(crate) fn header(&self, name: &str) -> &str {
        let (head, _) = self.text.split_once("\r\n\r\n").unwrap();
        head.lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
            .unwrap_or_default()
    }

    /// The text, put together again from the lines that mail breaks it into.
    pub(crate) fn body(&self) -> String {
        let (_, body) = self.text.split_once("\r\n\r\n").unwrap();
        body.replace("=\r\n", "").replace("=3D", "=")
    }
}

pub(crate) struct PostOffice {
    pub(crate) address: SocketAddr,
    is_open: Arc<AtomicBool>,
    arrived: Receiver<(Letter, Sender<()>)>,
}

impl PostOffice {
    pub(crate) fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let is_open = Arc::new(AtomicBool::new(true));
        let (letters, arrived) = mpsc::channel();
        let clerk = Clerk {
            is_open: Arc::clone(&is_open),
            letters,
            letter: Letter::default(),
        };
        thread::spawn(move || {
            for stream in listener.incoming() {
                let clerk = clerk.clone();
                thread::spawn(move || serve(&stream.unwrap(), clerk));
            }
        });
        Self {
            address,
            is_open,
            arrived,
        }
    }

    /// Every mail is turned away, for now.
    pub(crate) fn refuse(&self) {
        self.is_open.store(false, Ordering::SeqCst);
    }

    pub(crate) fn take_again(&self) {
        self.is_open.store(true, Ordering::SeqCst);
    }

    /// The next mail, whose sender is still waiting to hear that it was taken,
    /// and what tells them.
    pub(crate) fn arriving(&self) -> (Letter, Sender<()>) {
        self.arrived.recv_timeout(PATIENCE).unwrap()
    }

    /// The next mail.
    pub(crate) fn receive(&self) -> Letter {
        let (letter, taken) = self.arriving();
        taken.send(()).unwrap();
        letter
    }
}

#[derive(Clone)]
struct Clerk {
    is_open: Arc<AtomicBool>,
    letters: Sender<(Letter, Sender<()>)>,
    letter: Letter,
}

impl Handler for Clerk {
    fn mail(&mut self, _: IpAddr, _: &str, from: &str) -> Response {
        if !self.is_open.load(Ordering::SeqCst) {
            return response::OUT_OF_SPACE;
        }
        self.letter = Letter {
            from: from.to_owned(),
            ..Letter::default()
        };
        response::OK
    }

    fn rcpt(&mut self, to: &str) -> Response {
        self.letter.to.push(to.to_owned());
        response::OK
    }

    fn data(&mut self, line: &[u8]) -> std::io::Result<()> {
        self.letter.text.push_str(&String::from_utf8_lossy(line));
        Ok(())
    }

    fn data_end(&mut self) -> Response {
        let (taken, wait) = mpsc::channel();
        self.letters.send((self.letter.clone(), taken)).unwrap();
        match wait.recv_timeout(PATIENCE) {
            Ok(()) => response::OK,
            Err(_) => response::INTERNAL_ERROR,
        }
    }
}

/// One connection, until the other side has had enough.
fn serve(stream: &TcpStream, clerk: Clerk) {
    let mut session = SessionBuilder::new("post.example").build(stream.peer_addr().unwrap().ip(), clerk);
    let mut lines = BufReader::new(stream);
    let mut out = stream;
    let mut line = Vec::new();
    let mut answer = session.greeting();
    loop {
        if answer.action != Action::NoReply && (answer.write_to(&mut out).is_err() || out.flush().is_err()) {
            return;
        }
        line.clear();
        if answer.action == Action::Close || lines.read_until(b'\n', &mut line).unwrap_or(0) == 0 {
            return;
        }
        answer = session.process(&line);
    }
}
