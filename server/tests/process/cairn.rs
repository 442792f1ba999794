//! The binary, started and stopped.

use std::{
    io::{BufRead, BufReader},
    net::TcpListener,
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    sync::Arc,
};

use reqwest::{Client, Response, redirect::Policy};
use server::config::Config;
use service::{Installation, db::Db};
use tempfile::TempDir;

use crate::post_office::PostOffice;

pub(crate) const OPERATOR: &str = "ansgar@pike.example";
pub(crate) const PASSWORD: &str = "nine stones by the weir";

/// A place for a Cairn whose operator is made at the first start.
pub(crate) struct Place {
    folder: TempDir,
    port: u16,
    /// The address of a post office; none: mails are files.
    smtp: Option<String>,
    /// Another database than the file in the folder.
    database_url: Option<String>,
}

impl Place {
    pub(crate) fn new(office: &PostOffice) -> Self {
        Self {
            smtp: Some(format!("smtp://{}", office.address)),
            ..Self::without_post(None)
        }
    }

    /// One that writes its mails into files.
    pub(crate) fn without_post(database_url: Option<String>) -> Self {
        // Free a moment ago, and nobody else here asks for one.
        let port = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        Self {
            folder: tempfile::tempdir().unwrap(),
            port,
            smtp: None,
            database_url,
        }
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) async fn database(&self) -> Db {
        let path = self.folder().join("data/cairn.sqlite");
        Db::open(&format!("sqlite://{}", path.display()), 1)
            .await
            .unwrap()
    }

    /// The same place, as this process opens it.
    pub(crate) async fn installation(&self) -> Arc<Installation> {
        let config = Config {
            data_dir: self.folder().join("data"),
            database_url: self.database_url.clone().map(Into::into),
            ..Config::default()
        };
        server::installation(&config).await.unwrap()
    }

    pub(crate) fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Starts `cairn serve`, and waits until it answers.
    pub(crate) fn serve(&self) -> Running {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cairn"));
        command.env_clear();
        if let Some(smtp) = &self.smtp {
            command.env("CAIRN_SMTP_URL", smtp);
        }
        if let Some(url) = &self.database_url {
            command.env("CAIRN_DATABASE_URL", url);
        }
        let mut process = command
            .arg("serve")
            .current_dir(self.folder())
            .env("CAIRN_DATA_DIR", self.folder().join("data"))
            .env("CAIRN_BIND", format!("127.0.0.1:{}", self.port))
            .env("CAIRN_MAIL_FROM", "Cairn <cairn@ridge.example>")
            .env("CAIRN_OPERATOR_EMAIL", OPERATOR)
            .env("CAIRN_OPERATOR_PASSWORD", PASSWORD)
            .env("CAIRN_LOG", "error")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = String::new();
        BufReader::new(process.stdout.as_mut().unwrap())
            .read_line(&mut said)
            .unwrap();
        assert!(said.starts_with("Cairn answers at"), "{said}");
        Running {
            process,
            address: self.address(),
            client: Client::builder()
                .redirect(Policy::none())
                .no_proxy()
                .build()
                .unwrap(),
        }
    }
}

/// A process that answers; killed when dropped.
pub(crate) struct Running {
    process: Child,
    address: String,
    client: Client,
}

impl Running {
    pub(crate) async fn get(&self, path: &str, cookie: &str) -> Response {
        let request = self.client.get(format!("{}{path}", self.address));
        request.header("cookie", cookie).send().await.unwrap()
    }

    pub(crate) async fn post(&self, path: &str, cookie: &str, form: &[(&str, &str)]) -> Response {
        let body = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(form)
            .finish();
        self.client
            .post(format!("{}{path}", self.address))
            .header("content-type", "application/x-www-form-urlencoded")
            .header("origin", &self.address)
            .header("cookie", cookie)
            .body(body)
            .send()
            .await
            .unwrap()
    }

    /// Somebody signs up: a mail goes out.
    pub(crate) async fn sign_up(&self, email: &str) {
        let form = [("name", "Odo Marsh"), ("email", email), ("password", PASSWORD)];
        assert_eq!(self.post("/sign-up", "", &form).await.status(), 303);
    }

    /// The operator's cookie.
    pub(crate) async fn operator(&self) -> String {
        let form = [("email", OPERATOR), ("password", PASSWORD)];
        let entered = self.post("/sign-in", "", &form).await;
        let cookie = entered.headers()["set-cookie"].to_str().unwrap();
        cookie.split(';').next().unwrap().to_owned()
    }

    pub(crate) fn ask_to_stop(&self) {
        let pid = self.process.id().to_string();
        let asked = Command::new("kill").args(["-TERM", &pid]).status().unwrap();
        assert!(asked.success());
    }

    pub(crate) fn has_ended(&mut self) -> bool {
        self.process.try_wait().unwrap().is_some()
    }

    pub(crate) fn wait(mut self) -> ExitStatus {
        self.process.wait().unwrap()
    }

    /// Without a moment to finish anything.
    pub(crate) fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
