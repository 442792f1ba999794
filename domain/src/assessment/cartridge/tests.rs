//! What is read scores as its rules say, or is refused.

mod laws;

use super::{read, split};
use crate::assessment::{
    Block, Interaction, Points, Scoring,
    imported::{chosen, codes, earned, publishable, typed},
    max_score,
    qti::{ChangeCode, Import, Refusal, RefusalCode},
};

/// A bank of one question, of that profile, with what is in its presentation, its
/// rules and its messages.
fn bank(profile: &str, presentation: &str, rules: &str, messages: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <questestinterop xmlns=\"http://www.imsglobal.org/xsd/ims_qtiasiv1p2\">\n\
         <objectbank ident=\"tides\">\n<item ident=\"q1\" title=\"Tides\">\n\
         <itemmetadata><qtimetadata>\
         <qtimetadatafield><fieldlabel>cc_profile</fieldlabel><fieldentry>{profile}</fieldentry></qtimetadatafield>\
         <qtimetadatafield><fieldlabel>cc_weighting</fieldlabel><fieldentry>2</fieldentry></qtimetadatafield>\
         <qtimetadatafield><fieldlabel>cc_question_category</fieldlabel><fieldentry>Sea</fieldentry></qtimetadatafield>\
         </qtimetadata></itemmetadata>\n<presentation>{}{presentation}</presentation>\n\
         <resprocessing><outcomes><decvar maxvalue=\"100\" minvalue=\"0\" varname=\"SCORE\" vartype=\"Decimal\"/></outcomes>\
         {rules}</resprocessing>{messages}\n</item>\n</objectbank></questestinterop>",
        material("&lt;p&gt;When is the water &lt;b&gt;highest&lt;/b&gt;?&lt;/p&gt;")
    )
}

fn material(html: &str) -> String {
    format!("<material><mattext texttype=\"text/html\">{html}</mattext></material>")
}

fn choices(cardinality: &str, names: &[&str]) -> String {
    let label = |name: &&str| {
        format!(
            "<response_label ident=\"{name}\">{}</response_label>",
            material(name)
        )
    };
    let labels: String = names.iter().map(label).collect();
    format!(
        "<response_lid ident=\"R\" rcardinality=\"{cardinality}\"><render_choice>{labels}</render_choice></response_lid>"
    )
}

const FIELD: &str = "<response_str ident=\"R\" rcardinality=\"Single\"><render_fib rows=\"5\">\
    <response_label ident=\"A\"/></render_fib></response_str>";

fn is(text: &str) -> String {
    format!("<varequal respident=\"R\">{text}</varequal>")
}

fn not(text: &str) -> String {
    format!("<not>{}</not>", is(text))
}

fn rule(goes_on: bool, when: &str, does: &str) -> String {
    let goes_on = if goes_on { "Yes" } else { "No" };
    format!("<respcondition continue=\"{goes_on}\"><conditionvar>{when}</conditionvar>{does}</respcondition>")
}

fn set(score: &str) -> String {
    format!("<setvar action=\"Set\" varname=\"SCORE\">{score}</setvar>")
}

fn shows(message: &str) -> String {
    format!("<displayfeedback feedbacktype=\"Response\" linkrefid=\"{message}\"/>")
}

fn message(ident: &str, text: &str) -> String {
    format!(
        "<itemfeedback ident=\"{ident}\"><flow_mat>{}</flow_mat></itemfeedback>",
        material(text)
    )
}

fn try_read(xml: &str) -> Result<Import, Refusal> {
    read(xml.as_bytes(), &mut |path| Some(format!("files/{path}")))
}

fn taken(xml: &str) -> Import {
    try_read(xml).unwrap_or_else(|refusal| panic!("{refusal}: {xml}"))
}

fn refused(xml: &str) -> RefusalCode {
    try_read(xml).unwrap_err().code
}

#[test]
fn one_of_several_is_worth_its_weight_and_each_message_finds_who_it_is_for() {
    let rules = [
        rule(true, "<other/>", &shows("all")),
        rule(true, &is("neap"), &shows("neap")),
        rule(false, &is("spring"), &(set("100") + &shows("right"))),
        rule(false, "<other/>", &shows("wrong")),
    ]
    .concat();
    let messages = [
        message("all", "So it is."),
        message("neap", "Lowest."),
        message("right", "Yes."),
        message("wrong", "No."),
        message("never", "Nobody is told."),
        "<itemfeedback ident=\"how\"><solution><solutionmaterial><flow_mat>".to_owned()
            + &material("Look at the moon.")
            + "</flow_mat></solutionmaterial></solution></itemfeedback>",
        "\n<itemfeedback ident=\"hint\"><hint><hintmaterial>".to_owned()
            + &material("The moon.")
            + "</hintmaterial></hint></itemfeedback>",
    ]
    .concat();
    let presentation = choices("Single", &["ebb", "neap", "spring"]);
    let import = taken(&bank("cc.multiple_choice.v0p1", &presentation, &rules, &messages));
    publishable(&import);
    assert_eq!(max_score(&import.item), Points::from_hundredths(200));
    for (choice, points) in [(1, 0), (2, 0), (3, 200)] {
        assert_eq!(earned(&import.item, &chosen(&[choice])), points);
    }
    assert_eq!(earned(&import.item, &chosen(&[])), 0);
    let feedback = &import.item.feedback;
    assert_eq!(
        feedback.general.as_deref(),
        Some("So it is.\n\nLook at the moon.")
    );
    assert_eq!(feedback.correct.as_deref(), Some("Yes."));
    assert_eq!(feedback.incorrect.as_deref(), Some("No."));
    assert_eq!(feedback.choices.len(), 1);
    assert_eq!(
        (
            feedback.choices[0].choice.to_string().as_str(),
            feedback.choices[0].markdown.as_str()
        ),
        ("choice-2", "Lowest.")
    );
    assert_eq!(
        codes(&import),
        [ChangeCode::FeedbackDropped, ChangeCode::FeedbackDropped]
    );
    let Some(Interaction::Choice(it)) = import.item.interactions().next() else {
        panic!()
    };
    assert_eq!(it.prompt, "When is the water **highest**?");
    assert!(!it.shuffle);
}

#[test]
fn all_right_ones_and_no_wrong_one_or_nothing() {
    let when = format!("<and>{}{}{}</and>", is("a"), not("b"), is("c"));
    let rules = rule(false, &when, &set("100"));
    let presentation = choices("Multiple", &["a", "b", "c"]);
    let import = taken(&bank("cc.multiple_response.v0p1", &presentation, &rules, ""));
    publishable(&import);
    assert_eq!(import.changes, []);
    for (of, points) in [(&[1, 3][..], 200), (&[1], 0), (&[1, 2, 3], 0), (&[], 0)] {
        assert_eq!(earned(&import.item, &chosen(of)), points, "{of:?}");
    }
}

#[test]
fn choices_that_each_add_their_points_are_added_up() {
    let adds = |score: &str| format!("<setvar action=\"Add\" varname=\"SCORE\">{score}</setvar>");
    let takes = |score: &str| format!("<setvar action=\"Subtract\" varname=\"SCORE\">{score}</setvar>");
    let rules = [
        rule(true, &is("a"), &adds("75")),
        rule(true, &is("b"), &takes("25")),
        rule(true, &is("c"), &adds("25")),
    ]
    .concat();
    let presentation = choices("Multiple", &["a", "b", "c"]);
    let import = taken(&bank("", &presentation, &rules, ""));
    publishable(&import);
    for (of, points) in [
        (&[1, 3][..], 200),
        (&[1], 150),
        (&[1, 2], 100),
        (&[2, 3], 0),
        (&[2], 0),
    ] {
        assert_eq!(earned(&import.item, &chosen(of)), points, "{of:?}");
    }
}

#[test]
fn rules_that_no_scoring_here_comes_to_are_refused() {
    let presentation = choices("Multiple", &["a", "b", "c"]);
    let pairs = [
        rule(false, &(is("a") + &is("b")), &set("100")),
        rule(false, &(is("b") + &is("c")), &set("50")),
    ]
    .concat();
    let empty = rule(false, &(not("a") + &not("b") + &not("c")), &set("100"));
    let other = rule(false, &is("a"), "<setvar varname=\"BONUS\">1</setvar>");
    let unknown = rule(false, "<vargte respident=\"R\">3</vargte>", &set("100"));
    for rules in [pairs, empty, other, unknown, String::new()] {
        let xml = bank("cc.multiple_response.v0p1", &presentation, &rules, "");
        assert_eq!(refused(&xml), RefusalCode::UnsupportedScoring, "{xml}");
    }
    let elsewhere = rule(false, &is("a").replace("\"R\"", "\"S\""), &set("100"));
    assert_eq!(
        refused(&bank("", &presentation, &elsewhere, "")),
        RefusalCode::Invalid
    );
    let endless = rule(false, &is("a").repeat(1_000), &set("100"));
    assert_eq!(
        refused(&bank("", &presentation, &endless, "")),
        RefusalCode::TooLarge
    );
    let names: Vec<_> = (0..13).map(|index| format!("n{index}")).collect();
    let names: Vec<_> = names.iter().map(String::as_str).collect();
    let many = bank(
        "",
        &choices("Multiple", &names),
        &rule(false, &is("n0"), &set("100")),
        "",
    );
    assert_eq!(refused(&many), RefusalCode::UnsupportedScoring);
}

#[test]
fn a_score_that_nothing_sets_is_what_it_was_declared_with() {
    let single = choices("Single", &["a", "b", "c"]);
    let begins =
        |xml: &str, at: &str| xml.replace("minvalue=\"0\"", &format!("minvalue=\"-50\" defaultval=\"{at}\""));
    let adds = |score: &str| format!("<setvar action=\"Add\" varname=\"SCORE\">{score}</setvar>");
    let rules = rule(false, &is("a"), &adds("100")) + &rule(false, &is("b"), &set("100"));
    let xml = bank("cc.multiple_choice.v0p1", &single, &rules, "");
    // From 50 below nothing, 100 more is half.
    let import = taken(&begins(&xml, "-50"));
    for (choice, points) in [(1, 100), (2, 200), (3, 0)] {
        assert_eq!(earned(&import.item, &chosen(&[choice])), points, "{choice}");
    }
    assert_eq!(codes(&import), [ChangeCode::NeverBelowZero]);
    // Who answers nothing would have points, and who answers what no rule names.
    assert_eq!(refused(&begins(&xml, "25")), RefusalCode::UnsupportedScoring);
    let line = bank("cc.fib.v0p1", FIELD, &rule(false, &is("a"), &set("100")), "");
    assert_eq!(refused(&begins(&line, "100")), RefusalCode::UnsupportedScoring);
    for outside in ["-51", "101", "many"] {
        assert_eq!(
            refused(&begins(&xml, outside)),
            RefusalCode::UnsupportedScoring,
            "{outside}"
        );
    }
}

#[test]
fn rules_and_messages_without_end_are_refused_before_they_are_followed() {
    let names = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"];
    let presentation = choices("Multiple", &names);
    let right = rule(false, &is("a"), &set("100"));
    let shown = rule(false, &is("a"), &(set("100") + &shows("m").repeat(20_000)));
    let nothing = rule(true, "<other/>", "").repeat(20_000);
    let messages = message("m", "It is.").repeat(20_000);
    for (rules, messages) in [(&shown, ""), (&nothing, ""), (&right, messages.as_str())] {
        let xml = bank("", &presentation, rules, messages);
        assert_eq!(refused(&xml), RefusalCode::TooLarge);
    }
    let long = rule(false, &is(&"ﬁ".repeat(1_001)), &set("100"));
    assert_eq!(refused(&bank("", FIELD, &long, "")), RefusalCode::TooLarge);
}

#[test]
fn a_word_is_any_of_those_that_stand_side_by_side() {
    let rules = rule(
        false,
        &(is("spring tide") + &is("syzygy")),
        &(set("100") + &shows("right")),
    ) + &rule(false, &is("tide"), &set("50"));
    let import = taken(&bank("cc.fib.v0p1", FIELD, &rules, &message("right", "Yes.")));
    publishable(&import);
    for (words, points) in [
        ("Spring  Tide", 200),
        ("SYZYGY", 200),
        ("tide", 100),
        ("neap", 0),
        ("", 0),
    ] {
        assert_eq!(earned(&import.item, &typed(words)), points, "{words}");
    }
    assert_eq!(import.item.feedback.correct.as_deref(), Some("Yes."));
    let cased = rules.replace("<varequal ", "<varequal case=\"Yes\" ");
    let import = taken(&bank("cc.fib.v0p1", FIELD, &cased, ""));
    assert_eq!(earned(&import.item, &typed("Syzygy")), 0);
    let mixed = rules.replacen("<varequal ", "<varequal case=\"Yes\" ", 1);
    assert_eq!(
        refused(&bank("", FIELD, &mixed, "")),
        RefusalCode::UnsupportedScoring
    );
    // Whatever is not named would have points.
    let others = rule(false, &not("neap"), &set("100"));
    assert_eq!(
        refused(&bank("", FIELD, &others, "")),
        RefusalCode::UnsupportedScoring
    );
}

#[test]
fn a_text_in_which_a_part_is_enough_keeps_its_rules() {
    let holds = |text: &str| format!("<varsubstring respident=\"R\">{text}</varsubstring>");
    let rules = [
        rule(true, "<other/>", &shows("all")),
        rule(false, &is("neap spring"), ""),
        rule(
            false,
            &format!("<or>{}{}</or>", holds("spring"), is("syzygy")),
            &set("100"),
        ),
        rule(false, &holds("tide"), &set("25")),
        rule(false, "<other/>", &shows("wrong")),
    ]
    .concat();
    let import = taken(&bank("cc.pattern_match.v0p1", FIELD, &rules, ""));
    publishable(&import);
    assert_eq!(max_score(&import.item), Points::from_hundredths(200));
    for (words, points) in [
        ("at SPRING tide", 200),
        ("Syzygy", 200),
        ("syzygy?", 0),
        ("a tide", 50),
        ("neap spring", 0),
        ("ebb", 0),
        ("", 0),
    ] {
        assert_eq!(earned(&import.item, &typed(words)), points, "{words}");
    }
    let any = rule(false, &holds(""), &set("100"));
    assert_eq!(
        refused(&bank("", FIELD, &any, "")),
        RefusalCode::UnsupportedScoring
    );
}

#[test]
fn a_longer_text_is_marked_by_a_person_and_a_kind_without_its_rules_is_refused() {
    let rules = rule(false, "<other/>", &shows("all"));
    let import = taken(&bank(
        "cc.essay.v0p1",
        FIELD,
        &rules,
        &message("all", "Sun and moon."),
    ));
    publishable(&import);
    let Scoring::Rubric(rubric) = &import.item.responses[0].scoring else {
        panic!()
    };
    assert_eq!(rubric.max(), Points::from_hundredths(200));
    assert_eq!(import.item.feedback.general.as_deref(), Some("Sun and moon."));
    assert_eq!(codes(&import), [ChangeCode::RubricMade]);
    let lost = bank("cc.fib.v0p1", FIELD, &rules, "");
    assert_eq!(refused(&lost), RefusalCode::UnsupportedScoring);
}

#[test]
fn what_is_no_question_of_the_profile_says_so() {
    let one = choices("Single", &["a", "b"]);
    let rules = rule(false, &is("a"), &set("100"));
    for (presentation, code) in [
        (String::new(), RefusalCode::NoInteraction),
        (one.repeat(2), RefusalCode::UnsupportedInteraction),
        (
            one.replace("Single", "Ordered"),
            RefusalCode::UnsupportedInteraction,
        ),
        (
            one.replace("response_lid", "response_xy"),
            RefusalCode::UnsupportedInteraction,
        ),
        (one.replace("ident=\"b\"", "ident=\"a\""), RefusalCode::Invalid),
        (
            one.replace("<material>", "<material><matimage uri=\"a.png\"/>"),
            RefusalCode::UnsupportedContent,
        ),
        (
            one.replace("text/html", "text/rtf"),
            RefusalCode::UnsupportedContent,
        ),
    ] {
        let xml = bank("", &presentation, &rules, "");
        assert_eq!(refused(&xml), code, "{xml}");
    }
    let weightless = bank("", &one, &rules, "").replace("<fieldentry>2<", "<fieldentry>0<");
    assert_eq!(refused(&weightless), RefusalCode::UnsupportedScoring);
    for xml in ["<quiz/>", "<questestinterop/>"] {
        assert_eq!(split(xml.as_bytes()).unwrap_err().code, RefusalCode::NotAnItem);
    }
}

#[test]
fn a_bank_is_split_and_each_part_is_read_where_it_stood() {
    let rules = rule(false, &is("a"), &set("100"));
    let one = bank("", &choices("Single", &["a", "b"]), &rules, "");
    let (head, rest) = one.split_once("<item ").unwrap();
    let (item, end) = rest.split_once("</item>").unwrap();
    let second = item
        .replace("Tides", "Currents")
        .replace("response_lid", "response_num");
    let sections =
        format!("{head}<section ident=\"s\">\n<item {item}</item></section>\n<item {second}</item>{end}")
            .replace("objectbank", "assessment");
    let parts = split(sections.as_bytes()).unwrap();
    let said: Vec<_> = parts
        .iter()
        .map(|part| (part.name.as_str(), part.category.as_str(), part.line))
        .collect();
    assert_eq!(said, [("Tides", "Sea", 5), ("Currents", "Sea", 10)]);
    assert_eq!(taken(&parts[0].source).identifier, "q1");
    let refusal = try_read(&parts[1].source).unwrap_err();
    assert_eq!(refusal.code, RefusalCode::UnsupportedInteraction);
}

#[test]
fn a_picture_is_asked_for_by_its_address_and_nothing_that_runs_is_left() {
    let html =
        "Is it?&lt;img src=\"$IMS-CC-FILEBASE$/bay.png\" alt=\"A bay\"&gt;&lt;script&gt;x()&lt;/script&gt;";
    let presentation = material(html) + &choices("Single", &["a", "b"]);
    let xml = bank("", &presentation, &rule(false, &is("a"), &set("100")), "");
    let import = taken(&xml);
    let Block::Interaction(asked) = &import.item.body[0] else {
        panic!()
    };
    assert!(
        asked
            .prompt()
            .contains("![A bay](<files/$IMS-CC-FILEBASE$/bay.png>)"),
        "{}",
        asked.prompt()
    );
    assert!(!asked.prompt().contains("x()"));
    let missing = read(xml.as_bytes(), &mut |_| None).unwrap_err();
    assert_eq!(missing.code, RefusalCode::UnsupportedContent);
}
