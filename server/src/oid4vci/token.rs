//! A code for a token (§6).

use std::sync::Arc;

use axum::{
    Form,
    extract::{Path, State, rejection::FormRejection},
    response::Response,
};
use serde::Deserialize;
use serde_json::json;
use service::{Installation, SystemCtx, wallet::offer};

use super::{
    answer::{self, Nothing},
    metadata::is_known,
};

#[derive(Deserialize)]
pub(super) struct Exchange {
    grant_type: String,
    #[serde(rename = "pre-authorized_code")]
    code: Option<String>,
    tx_code: Option<String>,
}

pub(super) async fn exchange(
    State(installation): State<Arc<Installation>>,
    Path(slug): Path<String>,
    form: Result<Form<Exchange>, FormRejection>,
) -> Result<Response, Nothing> {
    let Ok(Form(asked)) = form else {
        return Ok(answer::refused(
            "invalid_request",
            "It is not a form with a grant_type.",
        ));
    };
    if !is_known(&asked.grant_type) {
        return Ok(answer::refused(
            "unsupported_grant_type",
            "Only pre-authorized codes are taken.",
        ));
    }
    let Some(code) = asked.code else {
        return Ok(answer::refused(
            "invalid_request",
            "There is no pre-authorized_code.",
        ));
    };
    let tenant = super::issuer(&installation, &slug).await?.id;
    let ctx = SystemCtx::new(installation);
    let token = offer::redeem(&ctx, tenant, &code, asked.tx_code.as_deref()).await?;
    Ok(answer::fresh(json!({
        "access_token": token.access_token,
        "token_type": "Bearer",
        "expires_in": token.lasts.as_secs(),
    })))
}
