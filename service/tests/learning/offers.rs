//! A badge into another wallet, from its holder's offer to a badge for the wallet's key.

use std::time::Duration;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::credential::{Multikey, Outcome, Presented};
use ed25519_dalek::{Signer, SigningKey};
use serde_json::{Value, json};
use service::{
    Error,
    credential::{revoke, verify},
    tenancy::{self, Tenant},
    wallet::offer::{self, Asking, Denial, Format, Offer, Told, WalletError},
};
use url::Url;

use crate::badges::Stack;

const MINUTE: Duration = Duration::from_mins(1);

struct Wallet {
    stack: Stack,
    issuer: Tenant,
    key: SigningKey,
}

impl Wallet {
    async fn new() -> Self {
        let stack = Stack::issued().await;
        let system = stack.system();
        let (issuer, _) = tenancy::enter(system.installation(), "harbour", None)
            .await
            .unwrap();
        Self {
            stack,
            issuer,
            key: SigningKey::from_bytes(&[9; 32]),
        }
    }

    async fn offered(&self, with_pin: bool) -> Offer {
        let badge = self.stack.badges().await.remove(0);
        offer::offer(&self.stack.holder(), badge.id, with_pin)
            .await
            .unwrap()
    }

    async fn redeem(&self, code: &str, pin: Option<&str>) -> Result<String, WalletError> {
        let token = offer::redeem(&self.stack.system(), self.issuer.id, code, pin).await?;
        Ok(token.access_token)
    }

    /// A token for an offer without a transaction code.
    async fn token(&self) -> String {
        let offer = self.offered(false).await;
        self.redeem(&code(&offer), None).await.unwrap()
    }

    fn did(&self) -> String {
        Multikey(self.key.verifying_key()).did_key()
    }

    fn proof(&self, nonce: &str, audience: &str) -> String {
        let method = Multikey(self.key.verifying_key()).did_key_method();
        let encoded = |json: Value| URL_SAFE_NO_PAD.encode(json.to_string());
        let header = encoded(json!({ "typ": "openid4vci-proof+jwt", "alg": "EdDSA", "kid": method }));
        let seconds = self.stack.system().now().unix_millis() / 1_000;
        let payload = encoded(json!({ "aud": audience, "iat": seconds, "nonce": nonce }));
        let signed = format!("{header}.{payload}");
        let signature = URL_SAFE_NO_PAD.encode(self.key.sign(signed.as_bytes()).to_bytes());
        format!("{signed}.{signature}")
    }

    fn fresh_proof(&self) -> String {
        let nonce = offer::nonce(&self.stack.system()).unwrap();
        self.proof(&nonce, "https://cairn.test/t/harbour")
    }

    async fn ask(&self, token: &str, format: Format, proofs: Vec<String>) -> Result<Vec<Value>, WalletError> {
        let asking = Asking {
            token: token.to_owned(),
            format,
            proofs,
        };
        let (badges, _) = offer::bound(&self.stack.system(), &self.issuer, &asking).await?;
        Ok(badges)
    }
}

/// What the link of an offer says.
fn said(offer: &Offer) -> Value {
    let link = Url::parse(&offer.link).unwrap();
    let (_, said) = link
        .query_pairs()
        .find(|(name, _)| name == "credential_offer")
        .unwrap();
    serde_json::from_str(&said).unwrap()
}

fn grant(offer: &Offer) -> Value {
    said(offer)["grants"]["urn:ietf:params:oauth:grant-type:pre-authorized_code"].clone()
}

fn code(offer: &Offer) -> String {
    grant(offer)["pre-authorized_code"].as_str().unwrap().to_owned()
}

fn denied<T: std::fmt::Debug>(done: Result<T, WalletError>) -> Denial {
    match done {
        Err(WalletError::Denied(why)) => why,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_wallet_gets_the_badge_for_its_key_in_either_form_and_others_verify_it() {
    let wallet = Wallet::new().await;
    let offer = wallet.offered(false).await;
    let said = said(&offer);
    assert_eq!(said["credential_issuer"], "https://cairn.test/t/harbour");
    assert_eq!(
        said["credential_configuration_ids"],
        json!(["open-badge", "open-badge-jwt"])
    );
    assert!(offer.pin.is_none() && grant(&offer)["tx_code"].is_null());
    let token = wallet.redeem(&code(&offer), None).await.unwrap();
    let system = wallet.stack.system();
    for format in Format::ALL {
        let badges = wallet
            .ask(&token, format, vec![wallet.fresh_proof()])
            .await
            .unwrap();
        let [badge] = &badges[..] else {
            panic!("{badges:?}")
        };
        let presented = Presented::from_json(badge.clone()).unwrap();
        let document = presented.document();
        assert_eq!(document["credentialSubject"]["id"], json!(wallet.did()));
        let report = verify(&system, presented).await.unwrap();
        assert_eq!(report.outcome, Outcome::Valid, "{report:#?}");
    }
}

#[tokio::test]
async fn what_is_withdrawn_from_the_badge_is_withdrawn_from_what_a_wallet_has_of_it() {
    let wallet = Wallet::new().await;
    let badge = wallet.stack.badges().await.remove(0);
    let token = wallet.token().await;
    let bound = wallet
        .ask(&token, Format::Document, vec![wallet.fresh_proof()])
        .await
        .unwrap()
        .remove(0);
    let owner = wallet.stack.member(domain::tenancy::Role::Owner).await;
    revoke(&owner, badge.id, "Shown.").await.unwrap();
    let presented = Presented::from_json(bound).unwrap();
    let report = verify(&wallet.stack.system(), presented).await.unwrap();
    assert_eq!(report.outcome, Outcome::Invalid);
    // Nor is it given or offered any more.
    let again = wallet
        .ask(&token, Format::Document, vec![wallet.fresh_proof()])
        .await;
    assert_eq!(denied(again), Denial::NotInForce);
    let offered = offer::offer(&wallet.stack.holder(), badge.id, false).await;
    assert!(matches!(offered, Err(Error::Refused("offer-not-in-force"))));
}

#[tokio::test]
async fn a_code_is_taken_once_in_time_and_at_its_own_issuer() {
    let wallet = Wallet::new().await;
    let offer = wallet.offered(false).await;
    assert_eq!(
        denied(wallet.redeem(&code(&offer), Some("123456")).await),
        Denial::NoPin
    );
    let elsewhere = crate::world::add_tenant(&wallet.stack.world.installation, "elsewhere").await;
    let there = offer::redeem(&wallet.stack.system(), elsewhere, &code(&offer), None).await;
    assert_eq!(denied(there), Denial::Code);
    wallet.redeem(&code(&offer), None).await.unwrap();
    assert_eq!(denied(wallet.redeem(&code(&offer), None).await), Denial::Code);
    for made_up in ["", "x", &"A".repeat(43), &"A".repeat(10_000)] {
        assert_eq!(denied(wallet.redeem(made_up, None).await), Denial::Code);
    }
    let late = wallet.offered(false).await;
    wallet.stack.world.installation.pass(10 * MINUTE);
    assert_eq!(denied(wallet.redeem(&code(&late), None).await), Denial::Code);
}

#[tokio::test]
async fn a_newer_offer_of_a_badge_takes_the_place_of_an_older_one() {
    let wallet = Wallet::new().await;
    let older = wallet.offered(false).await;
    let newer = wallet.offered(false).await;
    assert_eq!(denied(wallet.redeem(&code(&older), None).await), Denial::Code);
    wallet.redeem(&code(&newer), None).await.unwrap();
}

#[tokio::test]
async fn a_transaction_code_is_not_found_by_trying() {
    let wallet = Wallet::new().await;
    let offer = wallet.offered(true).await;
    let pin = offer.pin.clone().unwrap();
    assert_eq!(
        grant(&offer)["tx_code"],
        json!({ "input_mode": "numeric", "length": 6 })
    );
    assert_eq!(pin.len(), 6);
    let wrong = if pin == "000000" { "000001" } else { "000000" };
    assert_eq!(
        denied(wallet.redeem(&code(&offer), None).await),
        Denial::PinMissing
    );
    for _ in 0..4 {
        assert_eq!(
            denied(wallet.redeem(&code(&offer), Some(wrong)).await),
            Denial::Pin
        );
    }
    let other = wallet.offered(true).await;
    let own = other.pin.clone().unwrap();
    wallet.redeem(&code(&other), Some(&own)).await.unwrap();
    let again = wallet.offered(true).await;
    for _ in 0..5 {
        let pin = if again.pin.as_deref() == Some(wrong) {
            "000002"
        } else {
            wrong
        };
        assert_eq!(denied(wallet.redeem(&code(&again), Some(pin)).await), Denial::Pin);
    }
    let right = again.pin.clone().unwrap();
    assert_eq!(
        denied(wallet.redeem(&code(&again), Some(&right)).await),
        Denial::Code
    );
}

#[tokio::test]
async fn without_a_token_in_time_and_a_fresh_proof_for_here_nothing_is_given() {
    let wallet = Wallet::new().await;
    let token = wallet.token().await;
    let ask =
        async |token: &str, proofs: Vec<String>| denied(wallet.ask(token, Format::Document, proofs).await);
    assert_eq!(ask("", vec![wallet.fresh_proof()]).await, Denial::Token);
    assert_eq!(
        ask(&"A".repeat(43), vec![wallet.fresh_proof()]).await,
        Denial::Token
    );
    assert_eq!(ask(&token, Vec::new()).await, Denial::Proofs);
    assert_eq!(ask(&token, vec![wallet.fresh_proof(); 9]).await, Denial::Proofs);
    assert_eq!(ask(&token, vec!["a.b.c".to_owned()]).await, Denial::Proof);
    let twice = vec![wallet.fresh_proof(), wallet.fresh_proof()];
    assert_eq!(ask(&token, twice).await, Denial::Proof, "one badge for each key");
    let nonce = offer::nonce(&wallet.stack.system()).unwrap();
    let elsewhere = wallet.proof(&nonce, "https://cairn.test/t/elsewhere");
    assert_eq!(ask(&token, vec![elsewhere]).await, Denial::Proof);
    let own = "https://cairn.test/t/harbour";
    assert_eq!(
        ask(&token, vec![wallet.proof("made-up", own)]).await,
        Denial::Nonce
    );
    wallet.stack.world.installation.pass(5 * MINUTE);
    assert_eq!(ask(&token, vec![wallet.proof(&nonce, own)]).await, Denial::Nonce);
    wallet.stack.world.installation.pass(5 * MINUTE);
    assert_eq!(ask(&token, vec![wallet.fresh_proof()]).await, Denial::Token);
}

#[tokio::test]
async fn a_wallet_tells_what_became_of_it_under_the_name_that_it_was_given() {
    let wallet = Wallet::new().await;
    let token = wallet.token().await;
    let asking = Asking {
        token: token.clone(),
        format: Format::Document,
        proofs: vec![wallet.fresh_proof()],
    };
    let system = wallet.stack.system();
    let (_, name) = offer::bound(&system, &wallet.issuer, &asking).await.unwrap();
    let tell = async |name: &str| offer::tell(&system, wallet.issuer.id, &token, name, Told::Accepted).await;
    for _ in 0..2 {
        tell(&name.to_string()).await.unwrap();
    }
    assert_eq!(denied(tell("made-up").await), Denial::Notification);
    let other: domain::id::WalletOfferId = wallet.stack.worker().new_id();
    assert_eq!(denied(tell(&other.to_string()).await), Denial::Notification);
}

#[tokio::test]
async fn nobody_offers_anothers_badge() {
    let wallet = Wallet::new().await;
    let badge = wallet.stack.badges().await.remove(0);
    let other = wallet.stack.member(domain::tenancy::Role::Learner).await;
    let stranger = service::PersonCtx::new(
        std::sync::Arc::clone(wallet.stack.system().installation()),
        other.person().unwrap(),
    );
    let offered = offer::offer(&stranger, badge.id, false).await;
    assert!(matches!(offered, Err(Error::NotFound)), "{offered:?}");
}
