//! Accounts: signing up and in, the links of mails, one's own account.

mod account;
mod account_email;
mod account_frame;
mod account_password;
mod account_sessions;
mod back;
mod check_mail;
mod forgot_password;
mod reset_password;
mod session;
mod setup;
mod sign_in;
mod sign_up;
mod user_agent;
mod verify_email;

use axum::routing::{get, post};

pub(super) use back::with_back;
pub(super) use setup::first_run;

use crate::routes::Routes;

pub(super) fn routes() -> Routes {
    Routes::new()
        .route("/setup", get(setup::show).post(setup::send))
        .route("/sign-up", get(sign_up::show).post(sign_up::send))
        .route("/sign-in", get(sign_in::show).post(sign_in::send))
        .route("/sign-out", post(sign_in::sign_out))
        .route(
            "/check-your-mail",
            get(check_mail::show).post(check_mail::send_again),
        )
        .route("/verify-email", get(verify_email::show).post(verify_email::send))
        .route(
            "/forgot-password",
            get(forgot_password::show).post(forgot_password::send),
        )
        .route(
            "/reset-password",
            get(reset_password::show).post(reset_password::send),
        )
        .route("/account", get(account::show).post(account::send))
        .route(
            "/account/email",
            get(account_email::show).post(account_email::send),
        )
        .route(
            "/account/password",
            get(account_password::show).post(account_password::send),
        )
        .route("/account/sessions", get(account_sessions::show))
        .route("/account/sessions/end", post(account_sessions::end))
        .route("/account/sessions/end-others", post(account_sessions::end_others))
}
