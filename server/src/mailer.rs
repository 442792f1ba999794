//! The way out for mail: SMTP when it is configured, else a folder in which
//! each mail is a file.

use std::{io, path::PathBuf, sync::Arc};

use app::mail::{Composed, compose};
use async_trait::async_trait;
use lettre::{
    AsyncFileTransport, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Mailbox,
        header::{ContentType, HeaderName, HeaderValue},
    },
};
use service::{
    Error, Result,
    mail::{Mail, Mailer},
};
use uuid::Uuid;

use crate::{config::Config, owner_only};

/// The way out for mail cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum MailerError {
    /// `mail_from` is no address.
    #[error("mail_from: {0}")]
    From(#[from] lettre::address::AddressError),
    /// `smtp_url` is no address of an SMTP server.
    #[error("smtp_url: {0}")]
    Smtp(#[from] lettre::transport::smtp::Error),
    /// The folder cannot be made.
    #[error("mail folder: {0}")]
    Folder(#[from] io::Error),
}

pub(crate) fn open(config: &Config) -> Result<Arc<dyn Mailer>, MailerError> {
    let from: Mailbox = config.mail_from.parse()?;
    let way = match &config.smtp_url {
        Some(url) => Way::Smtp(AsyncSmtpTransport::<Tokio1Executor>::from_url(url.reveal())?.build()),
        None => {
            let folder = config.data_dir.join("mail");
            owner_only::make_folder(&folder)?;
            owner_only::close(&folder)?;
            Way::Folder(folder)
        }
    };
    Ok(Arc::new(Post { from, way }))
}

/// A way out that leads nowhere.
pub(crate) fn silent() -> Arc<dyn Mailer> {
    Arc::new(Silence)
}

#[derive(Debug)]
struct Silence;

#[async_trait]
impl Mailer for Silence {
    async fn send(&self, _: Uuid, _: &Mail) -> Result<()> {
        Ok(())
    }
}

#[derive(Debug)]
struct Post {
    from: Mailbox,
    way: Way,
}

#[derive(Debug)]
enum Way {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Folder(PathBuf),
}

#[async_trait]
impl Mailer for Post {
    async fn send(&self, id: Uuid, mail: &Mail) -> Result<()> {
        let Composed { subject, text } = compose(mail);
        let to: Mailbox = mail.to.parse().map_err(|cause| outside(&cause))?;
        let host = self.from.email.domain();
        let message = Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(subject)
            .message_id(Some(format!("<{id}@{host}>")))
            .header(ContentType::TEXT_PLAIN)
            // So that nobody's absence note answers it (RFC 3834).
            .raw_header(HeaderValue::new(
                HeaderName::new_from_ascii_str("Auto-Submitted"),
                "auto-generated".to_owned(),
            ))
            .body(text)
            .map_err(|cause| outside(&cause))?;
        match &self.way {
            Way::Smtp(smtp) => smtp
                .send(message)
                .await
                .map(drop)
                .map_err(|cause| outside(&cause)),
            Way::Folder(folder) => AsyncFileTransport::<Tokio1Executor>::new(folder)
                .send(message)
                .await
                .map(drop)
                .map_err(|cause| outside(&cause)),
        }
    }
}

fn outside(cause: &dyn std::error::Error) -> Error {
    Error::Outside(format!("mail: {cause}"))
}
