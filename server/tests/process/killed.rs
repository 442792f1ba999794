//! Killed again and again under a crowd that is being assessed: what was
//! acknowledged is there, and nothing is there twice.

use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    sync::Arc,
    time::Duration,
};

use domain::{
    assessment::{Assessment, AttemptState, Item, Purpose},
    id::{AchievementId, AssessmentId, AttemptId, CompetencyId, FrameworkId, ItemId, PersonId, TenantId},
    program::{Achievement, AchievementType, Criteria},
    tenancy::Role,
};
use entity::{
    assessment::{attempt, response},
    credential::credential,
    job,
    mastery::{decision, evidence},
    program::award,
};
use reqwest::{Client, StatusCode, redirect::Policy};
use sea_orm::{ConnectionTrait, EntityTrait};
use serde_json::json;
use service::{
    Actor, Chance, Clock, Ctx, Installation, OsChance, SystemClock, SystemCtx,
    assessment::{definition, item},
    competency::{self, Details, FrameworkDetails, NewCompetency},
    identity::{self, NewPerson},
    job as jobs,
    program::achievement,
    tenancy::{self, NewTenant},
    testing::fresh_database,
};
use tokio::sync::{Barrier, mpsc, watch};

use crate::cairn::{PASSWORD, Place};

/// So many learners sit at once; each has three tries, of which the last is right.
const LEARNERS: usize = 50;
const TRIES: usize = 3;
const QUESTIONS: usize = 3;
/// So often each answer is changed.
const CHANGES: u8 = 3;

/// How often the server is killed. `CAIRN_FAULT_ROUNDS` asks for more.
fn rounds() -> usize {
    let asked = std::env::var("CAIRN_FAULT_ROUNDS").ok();
    asked.and_then(|rounds| rounds.parse().ok()).unwrap_or(5)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_is_there_and_nothing_is_there_twice() {
    // A server that does not come back would be waited for for ever.
    let rounds = kill_again_and_again();
    tokio::time::timeout(Duration::from_mins(20), rounds)
        .await
        .unwrap();
}

async fn kill_again_and_again() {
    let database = match std::env::var("CAIRN_TEST_POSTGRES") {
        Ok(server) => Some(fresh_database(&server).await.unwrap()),
        Err(_) => None,
    };
    let place = Place::without_post(database);
    let exam = Exam::prepare(&place).await;

    let (up, is_up) = watch::channel(false);
    let (done, mut progress) = mpsc::unbounded_channel();
    let all_signed_in = Arc::new(Barrier::new(LEARNERS + 1));
    let crowd: Vec<_> = (0..LEARNERS)
        .map(|number| {
            let sitter = Sitter {
                client: Client::builder()
                    .redirect(Policy::none())
                    .no_proxy()
                    .timeout(Duration::from_mins(1))
                    .build()
                    .unwrap(),
                address: place.address(),
                is_up: is_up.clone(),
                done: done.clone(),
                cookie: String::new(),
            };
            let (assessment, all_signed_in) = (exam.assessment, Arc::clone(&all_signed_in));
            tokio::spawn(async move {
                let sitter = sitter.signed_in(number).await;
                all_signed_in.wait().await;
                sitter.sit(number, assessment).await;
            })
        })
        .collect();
    drop(done);

    let steps = LEARNERS * TRIES * (2 + QUESTIONS * usize::from(CHANGES));
    let mut acknowledged = Acknowledged::new();
    let mut running = place.serve();
    // An address may try to sign in so often and no more: a crowd that is killed while
    // it does, and tries again, would stand before a closed door.
    up.send_replace(true);
    all_signed_in.wait().await;
    for _ in 0..rounds() {
        up.send_replace(true);
        // At a moment that nobody chose, between one answer and the next of fifty people.
        for _ in 0..=below(2 * steps / (rounds() + 1)) {
            match progress.recv().await {
                Some(step) => acknowledged.extend(step),
                None => break,
            }
        }
        up.send_replace(false);
        running.kill();
        exam.holds(&acknowledged).await;
        running = place.serve();
    }
    up.send_replace(true);
    while let Some(step) = progress.recv().await {
        acknowledged.extend(step);
    }
    for sitter in crowd {
        sitter.await.unwrap();
    }
    running.kill();
    exam.holds(&acknowledged).await;
    exam.is_finished(&acknowledged).await;
}

/// Of each question the number and the text of the last save that was acknowledged,
/// by attempt and position.
type Acknowledged = BTreeMap<(AttemptId, i64), (i64, String)>;
/// Something was acknowledged: a save, or another step.
type Step = Option<((AttemptId, i64), (i64, String))>;

/// One learner at their browser, who tries again whatever happens.
struct Sitter {
    client: Client,
    address: String,
    is_up: watch::Receiver<bool>,
    done: mpsc::UnboundedSender<Step>,
    cookie: String,
}

impl Sitter {
    async fn sit(mut self, number: usize, assessment: AssessmentId) {
        for round in 1..=TRIES {
            let id = AttemptId((&OsChance as &dyn Chance).uuid(SystemClock.now()));
            let begin = [("id", id.to_string())];
            let path = format!("/t/weir/assessments/{assessment}");
            self.until(&path, &begin, StatusCode::SEE_OTHER).await;
            self.step(None);
            for (position, change) in (0..QUESTIONS).flat_map(|at| (1..=CHANGES).map(move |nth| (at, nth))) {
                let is_last = change == CHANGES && round == TRIES;
                let text = if is_last {
                    "right".to_owned()
                } else {
                    format!("wrong {number} {change}")
                };
                let form = [
                    ("tenant", "weir".to_owned()),
                    ("attempt", id.to_string()),
                    ("position", position.to_string()),
                    ("sequence", change.to_string()),
                    ("fields", format!("r.1={}", text.replace(' ', "+"))),
                ];
                let reply = self.until("/api/save-answer", &form, StatusCode::OK).await;
                assert_eq!(reply, "\"Kept\"");
                let at = i64::try_from(position).unwrap();
                self.step(Some(((id, at), (i64::from(change), text))));
            }
            let path = format!("/t/weir/attempts/{id}/check");
            self.until(&path, &[], StatusCode::SEE_OTHER).await;
            self.step(None);
        }
    }

    fn step(&self, step: Step) {
        // Nobody listens any more once the test has failed.
        let _ = self.done.send(step);
    }

    async fn signed_in(mut self, number: usize) -> Self {
        let form = [("email", email(number)), ("password", PASSWORD.to_owned())];
        loop {
            let Some(answer) = self.send("/sign-in", &form).await else {
                continue;
            };
            let status = answer.status();
            if status == StatusCode::SEE_OTHER {
                let cookie = answer.headers()["set-cookie"].to_str().unwrap();
                cookie.split(';').next().unwrap().clone_into(&mut self.cookie);
                return self;
            }
            assert!(status.is_server_error(), "{status}");
        }
    }

    /// Sends the same until it is answered so, whatever dies meanwhile.
    async fn until(&mut self, path: &str, form: &[(&str, String)], wanted: StatusCode) -> String {
        loop {
            let Some(answer) = self.send(path, form).await else {
                continue;
            };
            let status = answer.status();
            let Ok(text) = answer.text().await else { continue };
            if status == wanted {
                return text;
            }
            assert!(status.is_server_error(), "{path}: {status}\n{text}");
        }
    }

    async fn send(&mut self, path: &str, form: &[(&str, String)]) -> Option<reqwest::Response> {
        self.is_up.wait_for(|up| *up).await.unwrap();
        let body = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(form)
            .finish();
        let request = self.client.post(format!("{}{path}", self.address));
        let sent = request
            .header("content-type", "application/x-www-form-urlencoded")
            .header("accept", "application/json")
            .header("origin", &self.address)
            .header("cookie", &self.cookie)
            .body(body)
            .send();
        sent.await.ok()
    }
}

fn email(number: usize) -> String {
    format!("sitter-{number}@weir.example")
}

/// What the crowd is assessed by, and whoever made it.
struct Exam {
    installation: Arc<Installation>,
    tenant: TenantId,
    assessment: AssessmentId,
}

impl Exam {
    async fn prepare(place: &Place) -> Self {
        // The operator is made at the first start.
        place.serve().kill();
        let installation = place.installation().await;
        let system = SystemCtx::new(Arc::clone(&installation));
        let operator = identity::operator(&installation).await.unwrap().unwrap();
        let tenant: TenantId = system.new_id();
        let new = NewTenant {
            id: tenant,
            slug: "weir",
            name: "The weir",
            languages: "en",
            accent: "#1f5c4d",
            owner: None,
        };
        tenancy::create(&system, operator, new).await.unwrap();
        let owner = join(&system, tenant, "owner@weir.example", Role::Owner).await;
        let assessment = write(&owner).await;
        for number in 0..LEARNERS {
            join(&system, tenant, &email(number), Role::Learner).await;
        }
        Self {
            installation,
            tenant,
            assessment,
        }
    }

    /// What was acknowledged is there, or something newer whose answer the server
    /// did not live to send.
    async fn holds(&self, acknowledged: &Acknowledged) {
        let system = SystemCtx::new(Arc::clone(&self.installation));
        let tx = system.read().await.unwrap();
        let mut missing = acknowledged.clone();
        for row in response::Entity::find().all(&tx).await.unwrap() {
            let key = (row.attempt_id, row.position);
            let Some((sequence, text)) = missing.remove(&key) else {
                continue;
            };
            let stored = (row.sequence, text_of(row.answer.as_deref()));
            assert!(
                stored.0 > sequence || stored == (sequence, text.clone()),
                "{sequence} {text}, and there is {stored:?}"
            );
        }
        assert!(missing.is_empty(), "{missing:?}");
    }

    /// Finishes what the killed server had begun, and looks whether anything is there twice.
    async fn is_finished(&self, acknowledged: &Acknowledged) {
        let installation = &self.installation;
        let system = SystemCtx::new(Arc::clone(installation));
        let tx = system.write().await.unwrap();
        // What it had taken up is free again after its lease: two minutes pass.
        tx.execute_unprepared("UPDATE job SET leased_until = NULL, run_at = 0 WHERE kind <> 'sweep'")
            .await
            .unwrap();
        tx.commit().await.unwrap();
        while jobs::run_due(installation, 100).await.unwrap() > 0 {}

        let tx = system.read().await.unwrap();
        assert_eq!(acknowledged.len(), LEARNERS * TRIES * QUESTIONS);
        assert!(
            acknowledged
                .values()
                .all(|(sequence, _)| *sequence == i64::from(CHANGES))
        );
        let attempts = attempt::Entity::find().all(&tx).await.unwrap();
        assert_eq!(attempts.len(), LEARNERS * TRIES);
        assert!(
            attempts
                .iter()
                .all(|row| row.state == AttemptState::Scored.as_str())
        );
        let ids: HashSet<AttemptId> = attempts.iter().map(|row| row.id).collect();
        // Of each attempt one piece of evidence, and a decision on the assessment and one on the competency.
        let shown = evidence::Entity::find().all(&tx).await.unwrap();
        assert_eq!(shown.len(), ids.len());
        let decisions = decision::Entity::find().all(&tx).await.unwrap();
        assert_eq!(decisions.len(), 2 * ids.len());

        let awards = award::Entity::find().all(&tx).await.unwrap();
        assert_eq!(awards.len(), LEARNERS);
        let holders: HashSet<PersonId> = awards.iter().map(|row| row.person_id).collect();
        assert_eq!(holders.len(), LEARNERS);
        let badges = credential::Entity::find().all(&tx).await.unwrap();
        let issued: HashSet<_> = badges.iter().map(|row| row.award_id).collect();
        assert_eq!((badges.len(), issued.len()), (LEARNERS, LEARNERS));
        let left = job::job::Entity::find().all(&tx).await.unwrap();
        let left: Vec<_> = left.iter().filter(|row| row.kind != "sweep").collect();
        assert!(left.is_empty(), "{left:?}");
        assert!(badges.iter().all(|row| row.tenant_id == self.tenant));
    }
}

/// What was answered, as it is stored.
fn text_of(answer: Option<&str>) -> String {
    let answer: serde_json::Value = serde_json::from_str(answer.unwrap_or("null")).unwrap();
    let text = answer.pointer("/R/text").and_then(|text| text.as_str());
    text.unwrap_or_default().to_owned()
}

/// An assessment that is passed with every answer right, and a badge for it.
async fn write(author: &Ctx) -> AssessmentId {
    let framework: FrameworkId = author.new_id();
    let details = FrameworkDetails {
        code: "RIV".to_owned(),
        title: "Rivers".to_owned(),
        description: String::new(),
    };
    competency::create_framework(author, framework, &details)
        .await
        .unwrap();
    let rule =
        json!({ "kind": "cut-score", "items": QUESTIONS, "cut": 100, "tries": TRIES, "cooldown-hours": 0 });
    let rule = serde_json::from_value(rule).unwrap();
    let competency: CompetencyId = author.new_id();
    let new = NewCompetency {
        id: competency,
        framework,
        details: Details {
            code: "RIV.1".to_owned(),
            statement: "Reads a river.".to_owned(),
            level: String::new(),
            parent: None,
            rule,
        },
    };
    competency::create(author, new).await.unwrap();
    for number in 0..QUESTIONS {
        let id: ItemId = author.new_id();
        let content = item::Content {
            competency,
            purpose: Purpose::Assessment,
            difficulty: 0.0,
            tags: BTreeSet::new(),
            item: question(number),
        };
        item::create(author, id, content).await.unwrap();
        item::publish(author, id, 1).await.unwrap();
    }
    let assessment: AssessmentId = author.new_id();
    let definition: Assessment = serde_json::from_value(json!({
        "title": "Reading a river", "mode": "fixedForm", "unseen": "any", "attempts": TRIES,
        "feedback": { "when": "never" },
        "passRule": { "kind": "cut-score", "items": QUESTIONS, "cut": 100, "tries": TRIES, "cooldown-hours": 0 },
        "sections": [{ "selection": { "pool": { "competencies": [competency], "count": QUESTIONS } } }],
    }))
    .unwrap();
    definition::create(author, assessment, &definition).await.unwrap();
    definition::publish(author, assessment, 1).await.unwrap();
    let badge: AchievementId = author.new_id();
    let content = achievement::Content {
        achievement: Achievement {
            name: "River reader".to_owned(),
            description: "Reads a river.".to_owned(),
            criteria_narrative: "Answered every question rightly.".to_owned(),
            achievement_type: AchievementType::Badge,
            level: None,
            tags: vec![],
            alignments: vec![],
            criteria: Criteria::AssessmentPassed { assessment },
        },
        competencies: vec![],
    };
    achievement::create(author, badge, &content).await.unwrap();
    achievement::publish(author, badge, 1).await.unwrap();
    assessment
}

fn question(number: usize) -> Item {
    serde_json::from_value(json!({
        "title": format!("Bend {number}"), "language": "en",
        "body": [{ "interaction": { "kind": "textEntry", "response": "R", "prompt": format!("Bend {number}?") } }],
        "responses": [{
            "identifier": "R", "cardinality": "single", "baseType": "string",
            "correctResponse": { "text": "right" },
            "scoring": { "rule": "matchCorrect", "points": 1 },
        }],
    }))
    .unwrap()
}

async fn join(system: &SystemCtx, tenant: TenantId, email: &str, role: Role) -> Ctx {
    let id: PersonId = system.new_id();
    let new = NewPerson {
        id,
        name: "Odo Marsh",
        email,
        password: PASSWORD,
        locale: None,
    };
    identity::register(system, new).await.unwrap();
    tenancy::add_member(&system.in_tenant(tenant), id, role)
        .await
        .unwrap();
    let actor = Actor {
        person: Some(id),
        role: Some(role),
    };
    Ctx::new(Arc::clone(system.installation()), tenant, actor)
}

/// A number below `bound` that nobody knows before.
fn below(bound: usize) -> usize {
    let chance: &dyn Chance = &OsChance;
    let number = u32::from_be_bytes(chance.bytes());
    usize::try_from(number).unwrap() % bound.max(1)
}
