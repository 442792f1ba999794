//! How much of what is sent may be in memory at once, of all who send.
//!
//! A file is in memory until it is stored, or a badge until it is checked. How many of
//! them one address may send is limited (see [`limits`](crate::limits)); that many
//! addresses together don't take all the memory there is, is seen to here.

use std::{
    collections::HashMap,
    net::IpAddr,
    pin::Pin,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    task::{Context, Poll, ready},
    time::Duration,
};

use axum::{
    body::{Body, Bytes, HttpBody},
    extract::{MatchedPath, Request, State},
    http::{HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http_body::{Frame, SizeHint};
use tokio::time::{Instant, Sleep, sleep};

use crate::limits::Sender;

/// Bytes that anybody may have sent, who need not be known: five of the largest.
const OF_ANYBODY: usize = 64 << 20;
/// Bytes that people of a tenant may have sent: four of the largest files, or the
/// photographs of a few classes. Nobody else reaches a page that reads a file there.
const OF_MEMBERS: usize = 256 << 20;
/// One address takes no more than this part of a room, so that nobody alone closes it.
const OF_ONE: usize = 2;
/// Seconds after which there may be room again.
const SOON: u64 = 10;
/// A poor network comes to itself sooner; who says nothing for longer keeps others out.
const STANDS_STILL: Duration = Duration::from_secs(30);
/// Where anybody may send something large.
const ANYBODY: [&str; 2] = ["/verify", "/api/v1/verify"];

/// The room for what is sent. Who is not known takes none of what members have.
#[derive(Clone)]
pub(crate) struct Rooms {
    of_anybody: Arc<Room>,
    of_members: Arc<Room>,
    stands_still: Duration,
}

impl Rooms {
    pub(crate) fn new() -> Self {
        Self {
            of_anybody: Room::of(OF_ANYBODY),
            of_members: Room::of(OF_MEMBERS),
            stands_still: STANDS_STILL,
        }
    }

    /// Where what a request brings is held; none for what is small.
    fn room(&self, request: &Request) -> Option<&Arc<Room>> {
        if request.method() != Method::POST {
            return None;
        }
        let path = request.extensions().get::<MatchedPath>()?.as_str();
        if ANYBODY.contains(&path) {
            return Some(&self.of_anybody);
        }
        let kind = request.headers().get(header::CONTENT_TYPE)?;
        is_file(kind).then_some(&self.of_members)
    }
}

/// Whether a form of this type may carry files. A media type is the same in any case.
pub(crate) fn is_file(kind: &HeaderValue) -> bool {
    const FORM: &[u8] = b"multipart/form-data";
    let begins = kind.as_bytes().get(..FORM.len());
    begins.is_some_and(|begins| begins.eq_ignore_ascii_case(FORM))
}

struct Room {
    most: usize,
    held: Mutex<Held>,
}

/// How much is held, of all and of each who has sent it.
#[derive(Default)]
struct Held {
    all: usize,
    of: HashMap<IpAddr, usize>,
}

impl Room {
    fn of(most: usize) -> Arc<Self> {
        let held = Mutex::default();
        Arc::new(Self { most, held })
    }

    /// Whether there was room for so many bytes of that sender's, which are held then.
    fn take(&self, sender: Option<IpAddr>, bytes: usize) -> bool {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let fits = |held: usize, most: usize| held.checked_add(bytes).is_some_and(|all| all <= most);
        let own = sender
            .and_then(|sender| held.of.get(&sender).copied())
            .unwrap_or_default();
        if !fits(held.all, self.most) || (sender.is_some() && !fits(own, self.most / OF_ONE)) {
            return false;
        }
        held.all += bytes;
        if let Some(sender) = sender {
            *held.of.entry(sender).or_default() += bytes;
        }
        true
    }

    fn give_back(&self, sender: Option<IpAddr>, bytes: usize) {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.all = held.all.saturating_sub(bytes);
        let Some(sender) = sender else { return };
        match held.of.get_mut(&sender) {
            Some(own) if *own > bytes => *own -= bytes,
            _ => {
                held.of.remove(&sender);
            }
        }
    }
}

/// What one request holds, until it is dropped.
struct Share {
    room: Arc<Room>,
    sender: Option<IpAddr>,
    held: AtomicUsize,
    was_refused: AtomicBool,
}

impl Share {
    fn take(&self, bytes: usize) -> bool {
        let is_taken = self.room.take(self.sender, bytes);
        if is_taken {
            self.held.fetch_add(bytes, Ordering::Relaxed);
        } else {
            self.refuse();
        }
        is_taken
    }

    fn refuse(&self) {
        self.was_refused.store(true, Ordering::Relaxed);
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.room
            .give_back(self.sender, self.held.load(Ordering::Relaxed));
    }
}

/// There is no room for what comes.
#[derive(Debug, thiserror::Error)]
#[error("too much is held of what was sent, or it stands still")]
struct Full;

/// A body that takes room as it comes: who only says that much will come takes none. One
/// that stands still is over.
struct Counted {
    body: Body,
    share: Arc<Share>,
    stands_still: Duration,
    patience: Pin<Box<Sleep>>,
}

impl HttpBody for Counted {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(context) else {
            ready!(self.patience.as_mut().poll(context));
            self.share.refuse();
            return Poll::Ready(Some(Err(axum::Error::new(Full))));
        };
        let until = Instant::now() + self.stands_still;
        self.patience.as_mut().reset(until);
        if let Some(Ok(frame)) = &frame
            && let Some(data) = frame.data_ref()
            && !self.share.take(data.len())
        {
            return Poll::Ready(Some(Err(axum::Error::new(Full))));
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// Lets a large body come as long as there is room for it. What is held is free again
/// when the request has its answer.
pub(crate) async fn hold(State(rooms): State<Rooms>, request: Request, next: Next) -> Response {
    let Some(room) = rooms.room(&request).map(Arc::clone) else {
        return next.run(request).await;
    };
    let sender = request
        .extensions()
        .get::<Sender>()
        .map(|Sender(address)| *address);
    let share = Arc::new(Share {
        room,
        sender,
        held: AtomicUsize::new(0),
        was_refused: AtomicBool::new(false),
    });
    let counting = Arc::clone(&share);
    let request = request.map(|body| {
        Body::new(Counted {
            body,
            share: counting,
            stands_still: rooms.stands_still,
            patience: Box::pin(sleep(rooms.stands_still)),
        })
    });
    let response = next.run(request).await;
    if !share.was_refused.load(Ordering::Relaxed) {
        return response;
    }
    // Whatever was made of a body that broke off.
    tracing::warn!("there is no room for what is sent");
    let mut response = StatusCode::SERVICE_UNAVAILABLE.into_response();
    response
        .headers_mut()
        .insert(header::RETRY_AFTER, HeaderValue::from(SOON));
    response
}

#[cfg(test)]
mod tests {
    use axum::{Router, middleware, routing::post};
    use tokio::sync::Semaphore;
    use tower::ServiceExt;

    use super::*;

    const FILE: &str = "/t/{tenant}/files";

    /// A site that reads a body, says so, and answers when it may.
    struct Slow {
        router: Router,
        rooms: Rooms,
        read: Arc<Semaphore>,
        may_answer: Arc<Semaphore>,
    }

    impl Slow {
        fn with(most: usize) -> Self {
            let rooms = Rooms {
                of_anybody: Room::of(most),
                of_members: Room::of(most),
                stands_still: STANDS_STILL,
            };
            let [read, may_answer] = [(); 2].map(|()| Arc::new(Semaphore::new(0)));
            let signals = (Arc::clone(&read), Arc::clone(&may_answer));
            let answer = move |body: Bytes| {
                let (read, may_answer) = signals.clone();
                async move {
                    read.add_permits(1);
                    may_answer.acquire().await.unwrap().forget();
                    body.len().to_string()
                }
            };
            let router = Router::new()
                .route("/verify", post(answer.clone()))
                .route(FILE, post(answer))
                .layer(middleware::from_fn_with_state(rooms.clone(), hold));
            Self {
                router,
                rooms,
                read,
                may_answer,
            }
        }

        fn send(&self, path: &str, kind: &str, bytes: usize) -> impl Future<Output = Response> + use<> {
            let request = Request::post(path).header(header::CONTENT_TYPE, kind);
            let request = request.body(Body::from(vec![b'x'; bytes])).unwrap();
            let router = self.router.clone();
            async move { router.oneshot(request).await.unwrap() }
        }
    }

    #[tokio::test]
    async fn what_many_send_at_once_is_held_up_to_a_bound_and_then_they_are_told_to_come_again() {
        let site = Slow::with(100);
        let form = "application/x-www-form-urlencoded";
        let first = tokio::spawn(site.send("/verify", form, 60));
        site.read.acquire().await.unwrap().forget();
        let second = site.send("/verify", form, 60).await;
        assert_eq!(second.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(second.headers()[header::RETRY_AFTER], "10");
        // A member's file has room of its own, and what is small needs none.
        site.may_answer.add_permits(2);
        let file = site
            .send("/t/a/files", "Multipart/Form-Data; boundary=x", 60)
            .await;
        assert_eq!(file.status(), StatusCode::OK);
        assert_eq!(first.await.unwrap().status(), StatusCode::OK);
        site.may_answer.add_permits(2);
        assert_eq!(site.send("/t/a/files", form, 600).await.status(), StatusCode::OK);
        let third = site.send("/verify", form, 60).await;
        assert_eq!(third.status(), StatusCode::OK, "the room is free again");
        for room in [&site.rooms.of_anybody, &site.rooms.of_members] {
            assert_eq!(all(room), 0);
        }
    }

    fn all(room: &Room) -> usize {
        room.held.lock().unwrap().all
    }

    #[test]
    fn one_address_leaves_half_of_a_room_to_others_and_gets_back_what_it_gives() {
        let room = Room::of(100);
        let [one, other] = ["192.0.2.1", "192.0.2.2"].map(|text| text.parse().ok());
        assert!(room.take(one, 50));
        assert!(!room.take(one, 1));
        assert!(room.take(other, 50));
        assert!(!room.take(None, 1), "it is full");
        room.give_back(one, 50);
        assert!(room.take(one, 40) && room.take(None, 10));
        room.give_back(one, 40);
        room.give_back(other, 50);
        room.give_back(None, 10);
        let held = room.held.lock().unwrap();
        assert!(held.all == 0 && held.of.is_empty());
    }

    /// A body of which nothing ever comes.
    struct Still;

    impl HttpBody for Still {
        type Data = Bytes;
        type Error = axum::Error;

        fn poll_frame(
            self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
            Poll::Pending
        }
    }

    #[tokio::test]
    async fn what_stands_still_is_over() {
        let mut site = Slow::with(100);
        site.rooms.stands_still = Duration::ZERO;
        let router = Router::new()
            .route("/verify", post(async |body: Bytes| body.len().to_string()))
            .layer(middleware::from_fn_with_state(site.rooms.clone(), hold));
        let request = Request::post("/verify").body(Body::new(Still)).unwrap();
        let response = router.oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(all(&site.rooms.of_anybody), 0);
    }

    #[tokio::test]
    async fn what_breaks_off_gives_its_room_back() {
        let site = Slow::with(100);
        let sending = tokio::spawn(site.send("/verify", "text/plain", 60));
        site.read.acquire().await.unwrap().forget();
        assert_eq!(all(&site.rooms.of_anybody), 60);
        sending.abort();
        assert!(sending.await.unwrap_err().is_cancelled());
        assert_eq!(all(&site.rooms.of_anybody), 0);
    }
}
