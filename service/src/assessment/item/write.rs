use std::collections::BTreeSet;

use domain::{
    assessment::{Block, Item, ItemKind, Purpose, ReviewState, Tag},
    course::markdown,
    id::{CompetencyId, ItemId},
    tenancy::Permission,
};
use entity::{TenantTx, assessment::item, competency::competency};
use sea_orm::ColumnTrait;
use serde_json::json;

use super::{
    purpose::may_become,
    review::{edited, wrote},
    tags::tag,
};
use crate::{Ctx, FieldErrors, Result, draft};

/// What an author writes of an item.
#[derive(Debug, Clone, PartialEq)]
pub struct Content {
    /// What it shows.
    pub competency: CompetencyId,
    /// Whose pool it is in.
    pub purpose: Purpose,
    /// How hard the author thinks it is, as a logit: a typical learner has even
    /// odds at 0. From [`Content::EASIEST`] to [`Content::HARDEST`].
    pub difficulty: f64,
    /// What authors find it by, beside its words: at most [`Tag::MOST`].
    pub tags: BTreeSet<Tag>,
    /// The question with its key.
    pub item: Item,
}

impl Content {
    /// The lowest difficulty: nearly everybody gets it right.
    pub const EASIEST: f64 = -6.0;
    /// The highest.
    pub const HARDEST: f64 = 6.0;
    /// A stored item takes at most so many bytes.
    const MOST_BYTES: usize = 256 * 1024;
    /// So many characters of what it asks stand in lists.
    const MOST_ASKED: usize = 300;
    /// So many characters of its title are stored.
    const MOST_TITLE: usize = 200;
    /// A language tag has at most so many characters.
    const MOST_LANGUAGE: usize = 35;
    /// By so many characters of what it asks it is found.
    const MOST_SEARCHED: usize = 4_000;

    /// What is stored of it, and what is wrong that must not be even in a draft. Whether
    /// the question itself is complete is asked when it is published. An item may be
    /// large: this is worked out before a transaction is open.
    fn columns(&self) -> Result<(Columns, FieldErrors)> {
        let mut errors = FieldErrors::default();
        let title = self.item.title.trim();
        if title.chars().count() > Self::MOST_TITLE {
            errors.add_with(
                "title",
                "document-too-long",
                [("max", Self::MOST_TITLE.to_string())],
            );
        }
        if !(Self::EASIEST..=Self::HARDEST).contains(&self.difficulty) {
            errors.add("difficulty", "item-difficulty");
        }
        if self.tags.len() > Tag::MOST {
            errors.add("tags", "tags-too-many");
        }
        // Whether it is one is asked when it is published.
        if self.item.language.len() > Self::MOST_LANGUAGE {
            errors.add("language", "item-language");
        }
        // Whatever else it asks: it is found among those that a person marks.
        let kind = if self.item.is_marked_by_a_person() {
            Some(ItemKind::ExtendedText)
        } else {
            ItemKind::of(&self.item)
        };
        if kind.is_none() {
            errors.add("kind", "item-kind");
        }
        let draft = serde_json::to_string(&self.item)?;
        if draft.len() > Self::MOST_BYTES {
            errors.add("item", "item-too-large");
        }
        let words = self.words(Self::MOST_SEARCHED);
        let columns = Columns {
            title: title.to_owned(),
            asked: words.chars().take(Self::MOST_ASKED).collect(),
            search: format!("{title} {words}").to_lowercase(),
            kind: kind.map(|kind| kind.to_string()).unwrap_or_default(),
            draft,
        };
        Ok((columns, errors))
    }

    /// Whether there is nothing wrong, and its competency.
    async fn check(&self, tx: &TenantTx, mut errors: FieldErrors) -> Result<()> {
        let known = tx
            .rows::<competency::Entity>()
            .filter(competency::Column::Id.eq(self.competency))
            .count()
            .await?;
        if known == 0 {
            errors.add("competency", "item-competency");
        }
        errors.check()
    }

    /// The beginning of what it asks, in one line without marks, to find it by.
    fn words(&self, most: usize) -> String {
        let texts = self.item.body.iter().flat_map(|block| match block {
            Block::Prose(markdown) => vec![markdown.as_str()],
            Block::Interaction(interaction) => vec![interaction.prompt()],
            Block::Passage(passage) => {
                let prompt = [passage.prompt.as_str()].into_iter();
                prompt.chain(passage.text.texts()).collect()
            }
        });
        let words: Vec<_> = texts
            .map(|text| markdown::beginning(text, most))
            .filter(|words| !words.is_empty())
            .collect();
        words.join(" ").chars().take(most).collect()
    }
}

struct Columns {
    title: String,
    asked: String,
    search: String,
    kind: String,
    draft: String,
}

/// Makes an item under `id`. Made twice, it is one: the second call changes nothing.
pub async fn create(ctx: &Ctx, id: ItemId, content: Content) -> Result<()> {
    ctx.require(Permission::Author)?;
    let author = ctx.person()?;
    let (columns, errors) = content.columns()?;
    let tx = ctx.write().await?;
    content.check(&tx, errors).await?;
    let now = ctx.now();
    let row = item::Model {
        tenant_id: ctx.tenant(),
        id,
        competency_id: content.competency,
        title: columns.title,
        asked: columns.asked,
        kind: columns.kind,
        purpose: content.purpose.to_string(),
        difficulty: content.difficulty,
        draft: columns.draft,
        draft_revision: 1,
        published_version_id: None,
        drawn_competency_id: None,
        drawn_kind: None,
        drawn_purpose: None,
        drawn_difficulty: None,
        created_by: author,
        created_at: now,
        updated_at: now,
        retired_at: None,
        review: ReviewState::Draft.to_string(),
        language: content.item.language,
        search: columns.search,
    };
    if draft::make::<item::Entity>(ctx, &tx, row, json!({})).await? {
        wrote(ctx, &tx, id).await?;
        tag(&tx, id, &content.tags).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Saves a draft over the one of `revision`, and says which revision it now is.
///
/// A published item is not moved between practice and assessments where that would
/// tell what is asked: refused at the field `purpose`. Whoever changes an item that is
/// in review or approved makes it a draft again.
pub async fn save(ctx: &Ctx, id: ItemId, revision: i64, content: Content) -> Result<i64> {
    ctx.require(Permission::Author)?;
    let (columns, errors) = content.columns()?;
    let tx = ctx.write().await?;
    let row = draft::held_at::<item::Entity>(&tx, id, revision).await?;
    may_become(&tx, &row, content.purpose).await?;
    content.check(&tx, errors).await?;
    // How it is found is nothing that was approved of it.
    tag(&tx, id, &content.tags).await?;
    let is_changed = row.draft != columns.draft
        || row.competency_id != content.competency
        || row.purpose != content.purpose.as_str()
        || row.difficulty.total_cmp(&content.difficulty).is_ne();
    if is_changed {
        edited(ctx, &tx, &row).await?;
    }
    let others = [
        (item::Column::CompetencyId, content.competency.into()),
        (item::Column::Title, columns.title.into()),
        (item::Column::Asked, columns.asked.into()),
        (item::Column::Kind, columns.kind.into()),
        (item::Column::Purpose, content.purpose.to_string().into()),
        (item::Column::Difficulty, content.difficulty.into()),
        (item::Column::Language, content.item.language.into()),
        (item::Column::Search, columns.search.into()),
    ];
    let revision = draft::store::<item::Entity>(ctx, &tx, id, revision, columns.draft, others).await?;
    tx.commit().await?;
    Ok(revision)
}
