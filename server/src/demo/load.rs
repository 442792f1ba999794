//! A tenant with its people, competencies, items, assessments, course and badges.

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    assessment::{
        Assessment, FeedbackPolicy, FeedbackTime, Layout, Mode, PassMark, Purpose, Section, Selection, Unseen,
    },
    course::{Activity, Content, Draw, Module, Work},
    id::{AchievementId, AssessmentId, CompetencyId, FrameworkId, ItemId, PersonId, TenantId},
    mastery::{GateTables, Percent, Rule},
    program::{Achievement, AchievementType, Criteria},
    tenancy::Role,
};
use service::{
    Actor, Ctx, Error, Installation, SystemCtx,
    assessment::{definition, item},
    competency::{self, Details, FrameworkDetails, NewCompetency},
    course::{self, NewCourse},
    credential,
    files::{self, Audience, Upload},
    identity::{self, NewPerson},
    program::achievement,
    tenancy::{self, NewTenant, SettingsForm},
};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{
    DemoClock, DemoError, Doing, PASSWORD,
    content::{
        AchievementText, ActivityKind, ActivityText, AssessmentMode, AssessmentText, ItemText, PersonText,
        RequirementText, TenantContent,
    },
    history,
    item::item as item_of,
};

/// So many items the longest permitted try at a gate may ask.
const LONGEST_GATE: u16 = 27;

/// What was loaded, by the names that the content gives it.
pub(crate) struct Loaded<'content> {
    pub(crate) content: &'content TenantContent,
    pub(crate) installation: Arc<Installation>,
    pub(crate) tenant: TenantId,
    pub(crate) people: BTreeMap<&'content str, PersonId>,
}

/// The operator's address.
pub(super) const OPERATOR: &str = "sam.keystone@example.org";

/// Somebody who runs the installation: without, its first visitor could.
pub(crate) async fn operator(installation: &Arc<Installation>) -> Result<(), DemoError> {
    if identity::operator_exists(installation).await.doing("operator")? {
        return Ok(());
    }
    let new = NewPerson {
        id: named("person", OPERATOR),
        name: "Sam Keystone",
        email: OPERATOR,
        password: PASSWORD,
        locale: None,
    };
    let system = SystemCtx::new(Arc::clone(installation));
    identity::create_operator(&system, new).await.doing("operator")?;
    Ok(())
}

/// A tenant with everything in it, and its learners' past.
pub(crate) async fn tenant<'content>(
    installation: &Arc<Installation>,
    clock: &DemoClock,
    content: &'content TenantContent,
) -> Result<Loaded<'content>, DemoError> {
    clock.set_back(40);
    let system = SystemCtx::new(Arc::clone(installation));
    let slug = content.tenant.slug.as_str();
    let known = tenancy::enter(installation, slug, None).await;
    let tenant: TenantId = match known {
        Ok((tenant, _)) => tenant.id,
        Err(Error::NotFound) => make(&system, content).await?,
        Err(cause) => return Err(cause).doing(slug),
    };
    let mut loaded = Loaded {
        content,
        installation: Arc::clone(installation),
        tenant,
        people: BTreeMap::new(),
    };
    for person in &content.people {
        let id = loaded.person(&system, person).await?;
        loaded.people.insert(person.email.as_str(), id);
    }
    let owner = loaded.somebody("owner")?;
    let author = loaded.somebody("instructor")?;
    loaded.settings(&owner).await?;
    loaded.pictures(&author).await?;
    loaded.competencies(&author).await?;
    loaded.items(&author).await?;
    loaded.assessments(&author).await?;
    loaded.achievements(&owner).await?;
    loaded.course(&author).await?;
    history::live(&loaded, clock).await?;
    Ok(loaded)
}

async fn make(system: &SystemCtx, content: &TenantContent) -> Result<TenantId, DemoError> {
    let text = &content.tenant;
    let id: TenantId = named(&text.slug, "tenant");
    let languages = text.languages.join(", ");
    let new = NewTenant {
        id,
        slug: &text.slug,
        name: &text.name,
        languages: &languages,
        accent: &text.accent,
        owner: None,
    };
    let operator: PersonId = named("person", OPERATOR);
    tenancy::create(system, operator, new).await.doing(&text.slug)?;
    let ctx = system.in_tenant(id);
    let tx = ctx.write().await.doing("signing key")?;
    credential::make_signing_key(&ctx, &tx)
        .await
        .doing("signing key")?;
    tx.commit().await.map_err(Error::from).doing("signing key")?;
    Ok(id)
}

/// The id of the thing that the content calls `name`: the same in every load, so
/// that a load which was cut short can be gone on with.
pub(super) fn named<T: From<Uuid>>(slug: &str, name: &str) -> T {
    let hash = Sha256::digest(format!("cairn demo/{slug}/{name}").as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    T::from(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}

impl Loaded<'_> {
    pub(crate) fn slug(&self) -> &str {
        &self.content.tenant.slug
    }

    pub(crate) fn id<T: From<Uuid>>(&self, kind: &str, key: &str) -> T {
        named(self.slug(), &format!("{kind}/{key}"))
    }

    /// A context for a person of the demo, in the role that the content gives them.
    pub(super) fn acting(&self, person: &PersonText) -> Option<Ctx> {
        let id = *self.people.get(person.email.as_str())?;
        let actor = Actor {
            person: Some(id),
            role: person.role.parse().ok(),
        };
        Some(Ctx::new(Arc::clone(&self.installation), self.tenant, actor))
    }

    /// A context for the first person with `role`.
    pub(crate) fn somebody(&self, role: &str) -> Result<Ctx, DemoError> {
        let person = self.content.people.iter().find(|person| person.role == role);
        person
            .and_then(|person| self.acting(person))
            .ok_or(Error::NotFound)
            .doing(format!("nobody is {role}"))
    }

    async fn person(&self, system: &SystemCtx, text: &PersonText) -> Result<PersonId, DemoError> {
        // A person is global: the same in both tenants.
        let id: PersonId = named("person", &text.email);
        let known = identity::who(&self.installation, id).await.doing(&text.email)?;
        if known.is_none() {
            let new = NewPerson {
                id,
                name: &text.name,
                email: &text.email,
                password: PASSWORD,
                locale: None,
            };
            identity::register(system, new).await.doing(&text.email)?;
        }
        let role: Role = text.role.parse().map_err(|_| Error::NotFound).doing(&text.role)?;
        let cairn = system.in_tenant(self.tenant);
        tenancy::add_member(&cairn, id, role).await.doing(&text.email)?;
        Ok(id)
    }

    async fn settings(&self, owner: &Ctx) -> Result<(), DemoError> {
        let text = &self.content.tenant;
        let seen = tenancy::settings(owner).await.doing("settings")?;
        if !seen.description.is_empty() {
            return Ok(());
        }
        let form = SettingsForm {
            revision: &seen.revision,
            name: &text.name,
            tagline: &text.tagline,
            description: &text.description,
            languages: &text.languages.join(", "),
            accent: &text.accent,
            sign_up: &text.sign_up,
            domains: "",
        };
        tenancy::update_settings(owner, form).await.doing("settings")
    }

    async fn pictures(&self, author: &Ctx) -> Result<(), DemoError> {
        for (name, bytes) in self.content.pictures() {
            let upload = Upload {
                id: self.id("file", &name),
                name: name.trim_start_matches("images/").to_owned(),
                audience: Audience::Members,
                bytes: bytes.to_vec(),
            };
            files::upload(author, upload).await.doing(name)?;
        }
        Ok(())
    }

    async fn competencies(&self, author: &Ctx) -> Result<(), DemoError> {
        let text = &self.content.framework;
        let framework: FrameworkId = self.id("framework", &text.code);
        let details = FrameworkDetails {
            code: text.code.clone(),
            title: text.title.clone(),
            description: String::new(),
        };
        competency::create_framework(author, framework, &details)
            .await
            .doing(&text.code)?;
        for text in &self.content.competencies {
            let details = Details {
                code: text.code.clone(),
                statement: text.statement.clone(),
                level: text.level.clone(),
                parent: text.parent.as_ref().map(|parent| self.id("competency", parent)),
                rule: self.rule_of_competency(&text.code)?,
            };
            let new = NewCompetency {
                id: self.id("competency", &text.code),
                framework,
                details,
            };
            competency::create(author, new).await.doing(&text.code)?;
        }
        Ok(())
    }

    /// A competency counts as shown by the assessment that draws on it.
    fn rule_of_competency(&self, code: &str) -> Result<Rule, DemoError> {
        for text in &self.content.assessments {
            let assessment = Some(self.id("assessment", &text.key));
            if text.competency.as_deref() == Some(code) {
                return Ok(Rule::SequentialGate {
                    assessment,
                    tables: GateTables::Gate1,
                    tries: text.tries,
                    cooldown_hours: hours(text),
                });
            }
            if let Some(draw) = text.draws.iter().find(|draw| draw.competency == code) {
                return Ok(Rule::CutScore {
                    assessment,
                    items: draw.n,
                    cut: cut(text)?,
                    tries: text.tries,
                    cooldown_hours: hours(text),
                });
            }
        }
        Ok(competency::standard_rule())
    }

    async fn items(&self, author: &Ctx) -> Result<(), DemoError> {
        for text in &self.content.items {
            let id: ItemId = self.id("item", &text.key);
            item::create(author, id, self.item(text)?)
                .await
                .doing(&text.key)?;
            let draft = item::load(author, id).await.doing(&text.key)?;
            if draft.published.is_none() {
                item::publish(author, id, draft.revision).await.doing(&text.key)?;
            }
        }
        Ok(())
    }

    fn item(&self, text: &ItemText) -> Result<item::Content, DemoError> {
        Ok(item::Content {
            competency: self.id("competency", &text.competency),
            purpose: if text.purpose == "practice" {
                Purpose::Practice
            } else {
                Purpose::Assessment
            },
            difficulty: text.difficulty,
            item: item_of(text, &self.content.course.language, in_place)?,
        })
    }

    async fn assessments(&self, author: &Ctx) -> Result<(), DemoError> {
        for text in &self.content.assessments {
            let id: AssessmentId = self.id("assessment", &text.key);
            definition::create(author, id, &self.assessment(text)?)
                .await
                .doing(&text.key)?;
            let draft = definition::load(author, id).await.doing(&text.key)?;
            if draft.published.is_none() {
                definition::publish(author, id, draft.revision)
                    .await
                    .doing(&text.key)?;
            }
        }
        Ok(())
    }

    fn assessment(&self, text: &AssessmentText) -> Result<Assessment, DemoError> {
        // One part needs no heading.
        let heading = |competency: &str| {
            if text.draws.len() > 1 {
                self.statement(competency)
            } else {
                String::new()
            }
        };
        let pool = |competency: &str, count| Section {
            title: heading(competency),
            selection: Selection::Pool {
                competencies: vec![self.id("competency", competency)],
                count,
            },
        };
        let (mode, mark, sections) = match (text.mode, &text.competency) {
            (AssessmentMode::Gate, Some(competency)) => {
                let mark = PassMark::Gate(GateTables::Gate1);
                (Mode::SequentialGate, mark, vec![pool(competency, LONGEST_GATE)])
            }
            _ => {
                let sections = text.draws.iter().map(|draw| pool(&draw.competency, draw.n));
                (Mode::FixedForm, PassMark::Cut(cut(text)?), sections.collect())
            }
        };
        let mut assessment = Assessment {
            title: text.title.clone(),
            instructions: text.instructions.clone(),
            sections,
            mode,
            time_limit: text.time_limit_minutes.map(|minutes| minutes * 60),
            attempts: Some(u16::from(text.tries)),
            cooldown: u32::from(hours(text)) * 3_600,
            unseen: Unseen::Required,
            feedback: FeedbackPolicy {
                when: FeedbackTime::AtEnd,
                correct_answers: false,
            },
            shuffle: true,
            layout: Layout::default(),
            pass_rule: None,
        };
        assessment.pass_rule = Some(assessment.rule_for(mark));
        Ok(assessment)
    }

    fn statement(&self, code: &str) -> String {
        let known = self
            .content
            .competencies
            .iter()
            .find(|competency| competency.code == code);
        known
            .map(|competency| competency.statement.clone())
            .unwrap_or_default()
    }

    async fn course(&self, author: &Ctx) -> Result<(), DemoError> {
        let text = &self.content.course;
        let id = self.id("course", &text.slug);
        let new = NewCourse {
            id,
            title: text.title.clone(),
            slug: text.slug.clone(),
            language: text.language.clone(),
        };
        course::create(author, new).await.doing(&text.slug)?;
        let draft = course::draft(author, id).await.doing(&text.slug)?;
        if draft.published.is_some() {
            return Ok(());
        }
        let content = self.course_content(draft.content)?;
        let revision = course::save(author, id, draft.revision, &content)
            .await
            .doing(&text.slug)?;
        course::publish(author, id, revision).await.doing(&text.slug)?;
        Ok(())
    }

    fn course_content(&self, begun: Content) -> Result<Content, DemoError> {
        let text = &self.content.course;
        let mut modules = Vec::new();
        for module in &text.module {
            let activities = module.activity.iter().map(|activity| self.activity(activity));
            modules.push(Module {
                id: self.id("module", &module.key),
                title: module.title.clone(),
                summary: module.summary.clone(),
                after: Vec::new(),
                activities: activities.collect::<Result<_, _>>()?,
            });
        }
        Ok(Content {
            title: text.title.clone(),
            summary: text.summary.trim().to_owned(),
            modules,
            ..begun
        })
    }

    fn activity(&self, text: &ActivityText) -> Result<Activity, DemoError> {
        let work = match text.kind {
            ActivityKind::Lesson => {
                let file = text.file.as_deref().unwrap_or_default();
                Work::Lesson {
                    markdown: in_place(self.content.lesson(file)?),
                }
            }
            ActivityKind::Practice => Work::Practice {
                draws: text
                    .items
                    .iter()
                    .map(|draw| Draw {
                        competency: self.id("competency", &draw.competency),
                        count: draw.n,
                    })
                    .collect(),
            },
            ActivityKind::Assessment => Work::Assessment {
                assessment: text.assessment.as_ref().map(|key| self.id("assessment", key)),
            },
        };
        Ok(Activity {
            id: self.id("activity", &text.key),
            title: text.title.clone(),
            competencies: text
                .competencies
                .iter()
                .map(|code| self.id::<CompetencyId>("competency", code))
                .collect(),
            after: Vec::new(),
            minutes: Some(if text.kind == ActivityKind::Lesson { 10 } else { 20 }),
            work,
        })
    }

    async fn achievements(&self, admin: &Ctx) -> Result<(), DemoError> {
        for text in &self.content.achievements {
            let id: AchievementId = self.id("achievement", &text.key);
            let content = achievement::Content {
                achievement: self.achievement(text),
                competencies: text
                    .alignments
                    .iter()
                    .map(|code| self.id("competency", code))
                    .collect(),
            };
            achievement::create(admin, id, &content).await.doing(&text.key)?;
            let draft = achievement::load(admin, id).await.doing(&text.key)?;
            if draft.published.is_none() {
                achievement::publish(admin, id, draft.revision)
                    .await
                    .doing(&text.key)?;
            }
        }
        Ok(())
    }

    fn achievement(&self, text: &AchievementText) -> Achievement {
        let parts = text.requires.all.iter().map(|part| match part {
            RequirementText::Competency(code) => Criteria::CompetencyMastered {
                competency: self.id("competency", code),
            },
            RequirementText::Assessment(key) => Criteria::AssessmentPassed {
                assessment: self.id("assessment", key),
            },
            RequirementText::Badge(key) => Criteria::BadgeHeld {
                achievement: self.id("achievement", key),
            },
        });
        Achievement {
            name: text.name.clone(),
            description: text.description.clone(),
            criteria_narrative: text.criteria.trim().to_owned(),
            achievement_type: AchievementType::Badge,
            level: None,
            tags: text.tags.iter().chain([&text.level]).cloned().collect(),
            alignments: Vec::new(),
            criteria: Criteria::All { of: parts.collect() },
        }
    }
}

fn cut(text: &AssessmentText) -> Result<Percent, DemoError> {
    Percent::try_from(text.pass_percent.unwrap_or(75))
        .map_err(|_| Error::NotFound)
        .doing(&text.key)
}

fn hours(text: &AssessmentText) -> u16 {
    u16::try_from(text.cooldown_minutes.div_ceil(60)).unwrap_or(u16::MAX)
}

/// Files are called by their names alone, wherever the content keeps them.
pub(super) fn in_place(markdown: &str) -> String {
    markdown.replace("](images/", "](")
}
