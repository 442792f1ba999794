//! Responses from and to the fields of a plain HTML form.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use crate::{
    Seed,
    assessment::{
        AssociableChoice, Cardinality, DirectedPair, FieldFault, FieldFaultCode, Identifier, Interaction,
        Item, MatchInteraction, Pair, Picture, Response, SliderInteraction, UnitEntry, Value,
        labels::Labels,
        limits,
        number_entry::{self, decimal_mark},
        percent::{self, NotAPercentage},
        view::{field_of_pair, field_of_point},
    },
};

/// The values of each field, by name, as far as they are about responses.
type Fields<'a> = BTreeMap<&'a str, Vec<&'a str>>;

impl Response {
    /// Reads what a form sent. The names are those of the
    /// [`ItemView`](crate::assessment::ItemView) under the same seed: `r.1` for an
    /// interaction, `r.1.{choice}` where a choice has a field of its own. Other
    /// fields that don't begin with `r.` are somebody else's and passed over.
    ///
    /// Empty and missing fields are not answered, which is no fault.
    pub fn from_form(item: &Item, seed: Seed, fields: &[(String, String)]) -> Result<Self, Vec<FieldFault>> {
        if fields.len() > limits::FIELDS {
            return Err(vec![FieldFault::new("", FieldFaultCode::TooManyFields)]);
        }
        let mut left = Fields::new();
        for (name, value) in fields.iter().filter(|(name, _)| name.starts_with("r.")) {
            left.entry(name).or_default().push(value);
        }
        let mut response = Self::default();
        let mut faults = Vec::new();
        for (labels, interaction) in Labels::of(item, seed) {
            let read = Reader {
                item,
                labels: &labels,
                fields: &mut left,
            }
            .read(interaction);
            match read {
                Ok(Some(value)) => {
                    response.values.insert(interaction.response().clone(), value);
                }
                Ok(None) => {}
                Err(fault) => {
                    faults.push(fault);
                    let of_choice = format!("{}.", labels.field());
                    left.retain(|name, _| *name != labels.field() && !name.starts_with(&of_choice));
                }
            }
        }
        faults.extend(
            left.into_keys()
                .map(|name| FieldFault::new(excerpt(name), FieldFaultCode::UnknownField)),
        );
        if faults.is_empty() {
            Ok(response)
        } else {
            Err(faults)
        }
    }

    /// Reads the same fields from a JSON object, each a text, a number, or a list
    /// of texts.
    pub fn from_json(item: &Item, seed: Seed, json: &Json) -> Result<Self, Vec<FieldFault>> {
        let malformed = |field: &str| vec![FieldFault::new(excerpt(field), FieldFaultCode::Malformed)];
        let object = json.as_object().ok_or_else(|| malformed(""))?;
        let mut fields = Vec::new();
        for (name, value) in object {
            let values = match value {
                Json::Null => &[],
                Json::Array(values) => values.as_slice(),
                single => std::slice::from_ref(single),
            };
            for value in values {
                let text = match value {
                    Json::String(text) => text.clone(),
                    Json::Number(number) => number.to_string(),
                    _ => return Err(malformed(name)),
                };
                fields.push((name.clone(), text));
            }
        }
        Self::from_form(item, seed, &fields)
    }

    /// The fields that this response would be read from, to fill a form with.
    #[must_use]
    pub fn to_form(&self, item: &Item, seed: Seed) -> Vec<(String, String)> {
        let mut fields = Vec::new();
        for (labels, interaction) in Labels::of(item, seed) {
            let field = labels.field().to_owned();
            match self.get(interaction.response()) {
                None => {}
                Some(Value::Identifiers(choices)) => {
                    fields.extend(
                        choices
                            .iter()
                            .map(|choice| (field.clone(), labels.label(choice).to_owned())),
                    );
                }
                Some(Value::Order(choices)) => {
                    let placed = (1..)
                        .zip(choices)
                        .filter_map(|(place, choice)| Some((place, choice.as_ref()?)));
                    fields.extend(
                        placed
                            .map(|(place, choice): (usize, _)| (labels.field_of(choice), place.to_string())),
                    );
                }
                Some(Value::Text(text)) => fields.push((field, text.clone())),
                Some(Value::File(file)) => fields.push((field, file.to_string())),
                Some(Value::Number(quantity)) => {
                    fields.push((field, number_entry::format(quantity, &item.language)));
                }
                Some(Value::Pairs(pairs)) => {
                    for (place, pair) in pairs.iter().enumerate() {
                        for (second, end) in [false, true].into_iter().zip(pair.ends()) {
                            let field = field_of_pair(&field, place, second);
                            fields.push((field, labels.label(end).to_owned()));
                        }
                    }
                }
                Some(Value::Points(points)) => {
                    let Some(picture) = interaction.picture() else {
                        continue;
                    };
                    let mark = decimal_mark(&item.language);
                    for (place, point) in points.iter().enumerate() {
                        for (down, typed) in [false, true].into_iter().zip(picture.percent(*point, mark)) {
                            fields.push((field_of_point(&field, place, down), typed));
                        }
                    }
                }
                Some(Value::DirectedPairs(pairs)) => {
                    let by_gap = matches!(
                        interaction,
                        Interaction::GapMatch(_) | Interaction::GraphicGapMatch(_)
                    );
                    let pair = |pair: &DirectedPair| {
                        let (owner, given) = if by_gap {
                            (&pair.target, &pair.source)
                        } else {
                            (&pair.source, &pair.target)
                        };
                        (labels.field_of(owner), labels.label(given).to_owned())
                    };
                    fields.extend(pairs.iter().map(pair));
                }
            }
        }
        fields
    }
}

/// Reads one interaction's fields and takes them away.
struct Reader<'a, 'f> {
    item: &'a Item,
    labels: &'a Labels<'a>,
    fields: &'a mut Fields<'f>,
}

impl<'f> Reader<'_, 'f> {
    fn read(&mut self, interaction: &Interaction) -> Result<Option<Value>, FieldFault> {
        match interaction {
            Interaction::Choice(it) => self.choice(&it.response, it.max_choices),
            Interaction::InlineChoice(it) => self.choice(&it.response, None),
            Interaction::Order(_) | Interaction::GraphicOrder(_) => self.order(&interaction.choices()),
            Interaction::Match(it) => self.matching(it),
            Interaction::Hottext(it) => self.choice(&it.response, it.max_choices),
            Interaction::Hotspot(it) => self.choice(&it.response, it.max_choices),
            Interaction::GapMatch(it) => {
                let gaps = it.text.parts().map(|gap| &gap.identifier);
                self.gap_match(gaps, &it.gap_texts)
            }
            Interaction::GraphicGapMatch(it) => {
                let regions = it.hotspots.iter().map(|region| &region.identifier);
                self.gap_match(regions, &it.gap_texts)
            }
            Interaction::Associate(_) | Interaction::GraphicAssociate(_) => {
                let (choices, room) = interaction.pairable().unwrap_or_default();
                self.associate(&choices, room)
            }
            Interaction::SelectPoint(it) => self.points(&it.picture, it.max_choices),
            Interaction::PositionObject(it) => self.points(&it.picture, it.max_choices),
            Interaction::Slider(it) => self.slider(it),
            Interaction::NumericEntry(it) => self.number(&it.unit),
            Interaction::Upload(_) => self.file(),
            Interaction::TextEntry(_) => self.text(limits::LINE, |c| if c.is_control() { ' ' } else { c }),
            Interaction::ExtendedText(_) => {
                self.text(
                    limits::ESSAY,
                    |c| if c.is_control() && c != '\n' { ' ' } else { c },
                )
            }
        }
    }

    /// The id of a file that has been stored; whether it is this learner's is not
    /// for a form to say.
    fn file(&mut self) -> Result<Option<Value>, FieldFault> {
        let field = self.labels.field().to_owned();
        let id = self.take_one(&field)?.map(str::parse);
        match id.transpose() {
            Ok(id) => Ok(id.map(Value::File)),
            Err(_) => Err(FieldFault::new(field, FieldFaultCode::Malformed)),
        }
    }

    fn choice(&mut self, response: &Identifier, max: Option<u16>) -> Result<Option<Value>, FieldFault> {
        let field = self.labels.field().to_owned();
        let single = self
            .item
            .declaration(response)
            .is_none_or(|d| d.cardinality == Cardinality::Single);
        let chosen = self
            .take(&field)
            .into_iter()
            .map(|label| self.known(&field, label));
        let chosen = chosen.collect::<Result<BTreeSet<_>, _>>()?;
        if single && chosen.len() > 1 {
            return Err(FieldFault::new(field, FieldFaultCode::SeveralValues));
        }
        match max.filter(|max| chosen.len() > usize::from(*max)) {
            Some(max) => Err(FieldFault::new(field, FieldFaultCode::TooManyChosen).with("max", &max)),
            None => Ok(some_unless_empty(chosen.into_iter().collect()).map(Value::Identifiers)),
        }
    }

    fn order(&mut self, choices: &[&Identifier]) -> Result<Option<Value>, FieldFault> {
        let count = choices.len();
        let mut places = vec![None; count];
        for &choice in choices {
            let field = self.labels.field_of(choice);
            let Some(text) = self.take_one(&field)? else {
                continue;
            };
            let place = text.parse::<usize>().ok().and_then(|place| place.checked_sub(1));
            let Some(slot) = place.and_then(|place| places.get_mut(place)) else {
                return Err(FieldFault::new(field, FieldFaultCode::BadPosition).with("max", &count));
            };
            if slot.is_some() {
                return Err(FieldFault::new(field, FieldFaultCode::SamePosition).with("position", &text));
            }
            *slot = Some(choice.clone());
        }
        let filled = places
            .iter()
            .rposition(Option::is_some)
            .map_or(0, |last| last + 1);
        places.truncate(filled);
        Ok(some_unless_empty(places).map(Value::Order))
    }

    fn matching(&mut self, it: &MatchInteraction) -> Result<Option<Value>, FieldFault> {
        let mut pairs = BTreeSet::new();
        let mut takers = BTreeMap::<Identifier, u16>::new();
        for source in &it.sources {
            let field = self.labels.field_of(&source.identifier);
            let targets = self.take(&field).into_iter().map(|label| {
                let known = self.known(&field, label)?;
                let target = it.targets.iter().find(|target| target.identifier == known);
                target.ok_or_else(|| FieldFault::new(&field, FieldFaultCode::UnknownChoice))
            });
            let targets = targets.collect::<Result<Vec<_>, _>>()?;
            let mut given = 0;
            for target in targets {
                let pair = DirectedPair {
                    source: source.identifier.clone(),
                    target: target.identifier.clone(),
                };
                if !pairs.insert(pair) {
                    continue;
                }
                given += 1;
                let uses = takers.entry(target.identifier.clone()).or_default();
                *uses += 1;
                let too_many = |count: u16, max: u16| max > 0 && count > max;
                let (of_source, of_target) = (source.match_max_as_source(), target.match_max_as_target());
                if too_many(given, of_source) {
                    return Err(FieldFault::new(field, FieldFaultCode::TooManyChosen).with("max", &of_source));
                }
                if too_many(*uses, of_target) {
                    return Err(FieldFault::new(field, FieldFaultCode::TargetFull).with("max", &of_target));
                }
            }
        }
        Ok(some_unless_empty(pairs.into_iter().collect()).map(Value::DirectedPairs))
    }

    fn gap_match<'g>(
        &mut self,
        gaps: impl Iterator<Item = &'g Identifier>,
        texts: &[AssociableChoice],
    ) -> Result<Option<Value>, FieldFault> {
        let mut pairs = BTreeSet::new();
        let mut given = BTreeMap::<Identifier, u16>::new();
        for gap in gaps {
            let field = self.labels.field_of(gap);
            let Some(label) = self.take_one(&field)? else {
                continue;
            };
            let known = self.known(&field, label)?;
            let Some(text) = texts.iter().find(|text| text.identifier == known) else {
                return Err(FieldFault::new(field, FieldFaultCode::UnknownChoice));
            };
            let (used, max) = (
                given.entry(known.clone()).or_default(),
                text.match_max_as_source(),
            );
            *used += 1;
            if max > 0 && *used > max {
                return Err(FieldFault::new(field, FieldFaultCode::TargetFull).with("max", &max));
            }
            pairs.insert(DirectedPair {
                source: known,
                target: gap.clone(),
            });
        }
        Ok(some_unless_empty(pairs.into_iter().collect()).map(Value::DirectedPairs))
    }

    fn associate(
        &mut self,
        choices: &[(&Identifier, u16)],
        room: usize,
    ) -> Result<Option<Value>, FieldFault> {
        let mut pairs = BTreeSet::new();
        let mut given = BTreeMap::<Identifier, u16>::new();
        for place in 0..room {
            let [first, second] =
                [false, true].map(|second| field_of_pair(self.labels.field(), place, second));
            let (one, other) = match (self.take_one(&first)?, self.take_one(&second)?) {
                (None, None) => continue,
                (Some(one), Some(other)) => (self.known(&first, one)?, self.known(&second, other)?),
                (Some(_), None) => return Err(FieldFault::new(second, FieldFaultCode::HalfPair)),
                (None, Some(_)) => return Err(FieldFault::new(first, FieldFaultCode::HalfPair)),
            };
            if one == other {
                return Err(FieldFault::new(second, FieldFaultCode::SelfPair));
            }
            if !pairs.insert(Pair::from([one.clone(), other.clone()])) {
                continue;
            }
            for (field, end) in [(first, one), (second, other)] {
                let choice = choices.iter().find(|(choice, _)| **choice == end);
                let max = choice.map_or(1, |(_, max)| *max);
                let used = given.entry(end).or_default();
                *used += 1;
                if max > 0 && *used > max {
                    return Err(FieldFault::new(field, FieldFaultCode::TargetFull).with("max", &max));
                }
            }
        }
        Ok(some_unless_empty(pairs.into_iter().collect()).map(Value::Pairs))
    }

    fn points(&mut self, picture: &Picture, room: u16) -> Result<Option<Value>, FieldFault> {
        let mut points = BTreeSet::new();
        for place in 0..usize::from(room.min(limits::POINTS)) {
            let fields = [false, true].map(|down| field_of_point(self.labels.field(), place, down));
            let [across, down] = &fields;
            let typed = (self.take_one(across)?, self.take_one(down)?);
            let (x, y) = match typed {
                (None, None) => continue,
                (Some(x), Some(y)) => (percentage(across, x)?, percentage(down, y)?),
                (Some(_), None) => return Err(FieldFault::new(down, FieldFaultCode::HalfPoint)),
                (None, Some(_)) => return Err(FieldFault::new(across, FieldFaultCode::HalfPoint)),
            };
            points.insert(picture.at(x, y));
        }
        Ok(some_unless_empty(points.into_iter().collect()).map(Value::Points))
    }

    fn slider(&mut self, it: &SliderInteraction) -> Result<Option<Value>, FieldFault> {
        let field = self.labels.field().to_owned();
        let read = self.number(&UnitEntry::None)?;
        let Some(Value::Number(set)) = &read else {
            return Ok(None);
        };
        let (least, most) = (&it.lower_bound, &it.upper_bound);
        if !it.reaches(&set.number) {
            let fault = FieldFault::new(field, FieldFaultCode::OutOfRange);
            return Err(fault.with("min", least).with("max", most));
        }
        if !it.has_step_at(&set.number) {
            let fault = FieldFault::new(field, FieldFaultCode::OffStep);
            return Err(fault.with("min", least).with("step", &it.step));
        }
        Ok(read)
    }

    fn number(&mut self, unit: &UnitEntry) -> Result<Option<Value>, FieldFault> {
        let field = self.labels.field().to_owned();
        let Some(text) = self.take_one(&field)? else {
            return Ok(None);
        };
        let quantity = number_entry::parse(text, &self.item.language);
        match quantity.filter(|quantity| quantity.unit.is_none() || *unit == UnitEntry::Typed) {
            Some(quantity) => Ok(Some(Value::Number(quantity))),
            None => Err(FieldFault::new(field, FieldFaultCode::NotANumber)),
        }
    }

    /// Text with line ends as `\n` and other controls (a database may not hold
    /// them, and nobody means them) as `plain` makes them.
    fn text(&mut self, max: usize, plain: impl Fn(char) -> char) -> Result<Option<Value>, FieldFault> {
        let field = self.labels.field().to_owned();
        let text = match self.fields.remove(&*field).unwrap_or_default()[..] {
            [] => return Ok(None),
            [text] => text,
            _ => return Err(FieldFault::new(field, FieldFaultCode::SeveralValues)),
        };
        let text: String = text.replace("\r\n", "\n").chars().map(plain).collect();
        // Only now: what can't be seen is no answer either.
        if text.trim().is_empty() {
            return Ok(None);
        }
        if text.chars().count() > max {
            return Err(FieldFault::new(field, FieldFaultCode::TooLong).with("max", &max));
        }
        Ok(Some(Value::Text(text)))
    }

    /// The field's values that are not blank.
    fn take(&mut self, field: &str) -> Vec<&'f str> {
        let values = self.fields.remove(field).unwrap_or_default();
        values
            .into_iter()
            .map(str::trim)
            .filter(|value| !value.is_empty())
            .collect()
    }

    fn take_one(&mut self, field: &str) -> Result<Option<&'f str>, FieldFault> {
        match self.take(field)[..] {
            [] => Ok(None),
            [value] => Ok(Some(value)),
            _ => Err(FieldFault::new(field, FieldFaultCode::SeveralValues)),
        }
    }

    fn known(&self, field: &str, label: &str) -> Result<Identifier, FieldFault> {
        let choice = self.labels.choice(label).cloned();
        choice.ok_or_else(|| FieldFault::new(field, FieldFaultCode::UnknownChoice))
    }
}

/// Tenths of a percent.
fn percentage(field: &str, typed: &str) -> Result<u16, FieldFault> {
    percent::parse(typed).map_err(|why| match why {
        NotAPercentage::NotANumber => FieldFault::new(field, FieldFaultCode::NotANumber),
        NotAPercentage::OutOfRange => FieldFault::new(field, FieldFaultCode::OutOfRange)
            .with("min", &0)
            .with("max", &100),
    })
}

fn some_unless_empty<T>(values: Vec<T>) -> Option<Vec<T>> {
    (!values.is_empty()).then_some(values)
}

/// The beginning of a name that somebody made up.
fn excerpt(name: &str) -> String {
    name.chars().take(limits::NUMBER).collect()
}
