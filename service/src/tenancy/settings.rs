use domain::{
    identity::EmailDomain,
    tenancy::{Accent, Permission, SignUpPolicy},
    text::is_unprintable,
};
use entity::{TenantTx, tenancy::tenant};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use serde_json::json;

use crate::{Ctx, Error, FieldErrors, Result, audit, revision};

/// The longest name of a tenant, in characters.
pub(super) const LONGEST_NAME: usize = 80;
const LONGEST_TAGLINE: usize = 160;
const LONGEST_DESCRIPTION: usize = 20_000;
const MOST_LANGUAGES: usize = 20;

/// What a tenant's admins set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Its name.
    pub name: String,
    /// What it says of itself in a line.
    pub tagline: String,
    /// What it says of itself, in Markdown.
    pub description: String,
    /// Its languages; the first is the default.
    pub languages: Vec<String>,
    /// Its colour.
    pub accent: String,
    /// Who may join by themselves.
    pub sign_up: SignUpPolicy,
    /// Whether badges from now on can be suspended.
    pub allows_suspension: bool,
    /// Whether items are published only once somebody else has approved them.
    pub requires_review: bool,
    /// Which state of the settings this is. A change names the one it saw.
    pub revision: String,
}

/// Settings as they were typed.
#[derive(Debug, Clone, Copy)]
pub struct SettingsForm<'form> {
    /// The state that was seen.
    pub revision: &'form str,
    /// Its name.
    pub name: &'form str,
    /// What it says of itself in a line.
    pub tagline: &'form str,
    /// What it says of itself, in Markdown.
    pub description: &'form str,
    /// Tags, separated by commas.
    pub languages: &'form str,
    /// `#rrggbb`.
    pub accent: &'form str,
    /// `open`, `email-domains` or `invitation-only`.
    pub sign_up: &'form str,
    /// For `email-domains`: the domains, one a line.
    pub domains: &'form str,
    /// Whether badges from now on can be suspended: they name two lists then, which
    /// 1EdTech's JSON schema has no place for.
    pub allows_suspension: bool,
    /// Whether items are published only once somebody else has approved them.
    pub requires_review: bool,
}

/// The tenant's settings.
pub async fn settings(ctx: &Ctx) -> Result<Settings> {
    ctx.require(Permission::ManageSettings)?;
    let tx = ctx.read().await?;
    let row = tenant::Entity::find_by_id(ctx.tenant())
        .one(tx.unowned())
        .await?
        .ok_or(Error::NotFound)?;
    Settings::try_from(row)
}

/// Changes the tenant's settings.
pub async fn update_settings(ctx: &Ctx, form: SettingsForm<'_>) -> Result<()> {
    ctx.require(Permission::ManageSettings)?;
    let mut errors = FieldErrors::default();
    let name = errors.take("name", line(form.name, LONGEST_NAME, true));
    let tagline = errors.take("tagline", line(form.tagline, LONGEST_TAGLINE, false));
    let description = errors.take("description", text(form.description, LONGEST_DESCRIPTION));
    let languages = errors.take("languages", languages(form.languages));
    let accent = errors.take("accent", Accent::parse(form.accent));
    let sign_up = policy(&mut errors, form.sign_up, form.domains);
    let (Some(name), Some(tagline), Some(description), Some(languages), Some(_), Some(sign_up)) =
        (name, tagline, description, languages, accent, sign_up)
    else {
        return Err(errors.into());
    };
    let tx = ctx.write().await?;
    let before = lock(&tx, ctx).await?;
    if revision(&before) != form.revision {
        return Err(Error::Stale);
    }
    let changed = tenant::ActiveModel {
        name: Set(name.clone()),
        tagline: Set(tagline),
        description: Set(description),
        languages: Set(serde_json::to_string(&languages)?),
        accent: Set(form.accent.to_ascii_lowercase()),
        sign_up: Set(serde_json::to_string(&sign_up)?),
        allows_suspension: Set(form.allows_suspension),
        requires_review: Set(form.requires_review),
        ..Default::default()
    };
    tenant::Entity::update_many()
        .set(changed)
        .filter(tenant::Column::Id.eq(ctx.tenant()))
        .exec(tx.unowned())
        .await?;
    let detail = json!({
        "name": name,
        "accent": form.accent,
        "sign_up": sign_up,
        "allows_suspension": form.allows_suspension,
        "requires_review": form.requires_review,
    });
    let subject = format!("tenant:{}", ctx.tenant());
    audit::note(&tx, ctx, "settings-changed", subject, detail).await?;
    tx.commit().await?;
    Ok(())
}

/// The tenant's row, to be changed.
pub(super) async fn lock(tx: &TenantTx, ctx: &Ctx) -> Result<tenant::Model> {
    tenant::Entity::find_by_id(ctx.tenant())
        .lock_exclusive()
        .one(tx.unowned())
        .await?
        .ok_or(Error::NotFound)
}

impl TryFrom<tenant::Model> for Settings {
    type Error = Error;

    fn try_from(row: tenant::Model) -> Result<Self> {
        let revision = revision(&row);
        Ok(Self {
            languages: serde_json::from_str(&row.languages)?,
            sign_up: serde_json::from_str(&row.sign_up)?,
            name: row.name,
            tagline: row.tagline,
            description: row.description,
            accent: row.accent,
            allows_suspension: row.allows_suspension,
            requires_review: row.requires_review,
            revision,
        })
    }
}

/// The settings themselves, hashed: no count has to be kept beside them.
fn revision(row: &tenant::Model) -> String {
    let allows_suspension = row.allows_suspension.to_string();
    let requires_review = row.requires_review.to_string();
    let fields = [
        &row.name,
        &row.tagline,
        &row.description,
        &row.languages,
        &row.accent,
        &row.sign_up,
        &allows_suspension,
        &requires_review,
    ];
    revision::of(fields)
}

/// One line that people read, or the code of what is wrong with it.
pub(super) fn line(typed: &str, most: usize, required: bool) -> Result<String, &'static str> {
    if typed.len() > most * 16 {
        return Err("text-too-long");
    }
    let line = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() && required {
        return Err("text-empty");
    }
    if line.chars().count() > most {
        return Err("text-too-long");
    }
    if line.chars().any(is_unprintable) {
        return Err("text-unprintable");
    }
    Ok(line)
}

fn text(typed: &str, most: usize) -> Result<String, &'static str> {
    if typed.chars().count() > most {
        return Err("text-too-long");
    }
    Ok(typed.replace("\r\n", "\n").trim_end().to_owned())
}

/// Language tags (BCP 47, the parts that name a language, script and region),
/// each once, in the order they were typed.
pub(super) fn languages(typed: &str) -> Result<Vec<String>, &'static str> {
    let mut tags: Vec<String> = Vec::new();
    for tag in typed
        .split([',', ' ', '\n'])
        .map(str::trim)
        .filter(|tag| !tag.is_empty())
    {
        if !is_language_tag(tag) {
            return Err("languages-invalid");
        }
        if !tags.iter().any(|known| known.eq_ignore_ascii_case(tag)) {
            tags.push(tag.to_owned());
        }
        if tags.len() > MOST_LANGUAGES {
            return Err("languages-too-many");
        }
    }
    if tags.is_empty() {
        return Err("languages-empty");
    }
    Ok(tags)
}

fn is_language_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let is_language = parts.next().is_some_and(|part| {
        matches!(part.len(), 2..=3) && part.bytes().all(|byte| byte.is_ascii_alphabetic())
    });
    is_language
        && tag.len() <= 20
        && parts
            .all(|part| matches!(part.len(), 2..=8) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

fn policy(errors: &mut FieldErrors, kind: &str, domains: &str) -> Option<SignUpPolicy> {
    let policy = match kind {
        "open" => SignUpPolicy::Open,
        "invitation-only" => SignUpPolicy::InvitationOnly,
        "email-domains" => {
            let domains: Result<Vec<_>, _> = domains
                .split(['\n', ',', ' '])
                .map(str::trim)
                .filter(|domain| !domain.is_empty())
                // One more than may be, so that too many is seen.
                .take(SignUpPolicy::MAX_DOMAINS + 1)
                .map(EmailDomain::parse)
                .collect();
            match domains {
                Ok(domains) => SignUpPolicy::EmailDomains { domains },
                Err(_) => {
                    errors.add("domains", "domain-invalid");
                    return None;
                }
            }
        }
        _ => {
            errors.add("sign_up", "choice-unknown");
            return None;
        }
    };
    let problems = policy.check();
    for problem in &problems {
        errors.add(problem.path.clone(), problem.code);
    }
    problems.is_empty().then_some(policy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_tags_each_once() {
        assert_eq!(languages("en, de-CH,EN").unwrap(), ["en", "de-CH"]);
        for (typed, code) in [
            ("", "languages-empty"),
            ("english", "languages-invalid"),
            ("en-!", "languages-invalid"),
        ] {
            assert_eq!(languages(typed), Err(code), "{typed}");
        }
    }

    #[test]
    fn a_line_is_bounded_and_seen() {
        assert_eq!(
            line("  Ridgeway   College ", 80, true).unwrap(),
            "Ridgeway College"
        );
        assert_eq!(line(" ", 80, true), Err("text-empty"));
        assert_eq!(line(" ", 80, false).unwrap(), "");
        assert_eq!(line(&"a".repeat(81), 80, true), Err("text-too-long"));
        assert_eq!(line("turned \u{202e}around", 80, true), Err("text-unprintable"));
    }

    #[test]
    fn domains_belong_to_their_policy() {
        let mut errors = FieldErrors::default();
        let named = policy(&mut errors, "email-domains", "fallow.example\nmarsh.example");
        assert!(matches!(named, Some(SignUpPolicy::EmailDomains { domains }) if domains.len() == 2));
        assert_eq!(policy(&mut errors, "email-domains", ""), None);
        assert_eq!(policy(&mut errors, "email-domains", "no domain"), None);
        assert_eq!(policy(&mut errors, "everybody", ""), None);
        let codes: Vec<_> = errors.iter().map(|error| error.code.as_str()).collect();
        assert_eq!(codes, ["domains-empty", "domain-invalid", "choice-unknown"]);
    }
}
