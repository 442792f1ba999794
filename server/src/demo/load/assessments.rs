//! Assessments, drawn from the items.

use domain::{
    assessment::{
        Assessment, FeedbackPolicy, FeedbackTime, LatePolicy, Layout, Mode, Narrowing, Navigation, PassMark,
        Section, Selection, Unseen,
    },
    id::AssessmentId,
    mastery::{GateTables, Percent},
};
use service::{Ctx, Error, assessment::definition};

use super::{
    super::{
        DemoError, Doing,
        content::{AssessmentMode, AssessmentText},
    },
    Loaded,
};

/// So many items the longest permitted try at a gate may ask.
const LONGEST_GATE: u16 = 27;

impl Loaded<'_> {
    pub(super) async fn assessments(&self, author: &Ctx) -> Result<(), DemoError> {
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
                narrowing: Narrowing::default(),
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
            honour: String::new(),
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
            navigation: Navigation::default(),
            late: LatePolicy::default(),
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
}

pub(super) fn cut(text: &AssessmentText) -> Result<Percent, DemoError> {
    Percent::try_from(text.pass_percent.unwrap_or(75))
        .map_err(|_| Error::NotFound)
        .doing(&text.key)
}

pub(super) fn hours(text: &AssessmentText) -> u16 {
    u16::try_from(text.cooldown_minutes.div_ceil(60)).unwrap_or(u16::MAX)
}
