import Core
import Ledger
import Organization
import Web

/// What somebody can do and when, as ticks.
enum OfferForm {
    /// The fields of the ticks.
    static let tickNames: [String] =
        Skill.allCases.map { skillName($0) } + OfferTime.allCases.map { timeName($0) }
        + ["offer_agreed"]

    private static func skillName(_ skill: Skill) -> String { "offer_skill_\(skill.rawValue)" }
    private static func timeName(_ time: OfferTime) -> String { "offer_time_\(time.rawValue)" }

    /// The unit, skills and times.
    static func parts(
        _ state: FormState, _ units: [UnitVersion], _ words: Words
    ) -> [FormPart] {
        [
            state.choice(
                "unit", words["volunteers_area"], options: units.map { ($0.code, $0.name) },
                isRequired: true),
            FormPart(
                FormPart.Ticks(
                    words["volunteers_skills"],
                    Skill.allCases.filter { $0 != .any }.map { skill in
                        box(skillName(skill), words["volunteer_skill_\(skill.rawValue)"], state)
                    })),
            FormPart(
                FormPart.Ticks(
                    words["volunteers_times"],
                    OfferTime.allCases.map { time in
                        box(timeName(time), words["volunteer_time_\(time.rawValue)"], state)
                    })),
        ]
    }

    static func agreement(_ state: FormState, _ word: String, _ words: Words) -> FormPart {
        FormPart(
            FormPart.Ticks(words["volunteers_agreement"], [box("offer_agreed", words[word], state)])
        )
    }

    private static func box(
        _ name: String, _ label: String, _ state: FormState
    ) -> FormPart.Ticks.Box {
        FormPart.Ticks.Box(name, "yes", label, isTicked: state.value(name) == "yes")
    }

    /// What was offered, by whoever it is.
    static func read(
        _ reader: inout FormReader, _ person: Person.ID?, _ units: [UnitVersion]
    ) throws(Refusal) -> VolunteerOffer {
        let form = reader.form
        let code = reader.optional("unit")
        let unit = reader.given(units.first { $0.code == code }, "unit")
        let times = OfferTime.allCases.filter { form.all(timeName($0)) == ["yes"] }
        if times.isEmpty {
            reader.fault("unit", zh: "请至少勾选一个时间。", en: "Tick one time at least.")
        }
        if form.all("offer_agreed") != ["yes"] {
            reader.fault(
                "unit", zh: "没有本人同意，不能登记。", en: "Nobody is registered without agreeing.")
        }
        try reader.check()
        guard let unit, let person else { throw .notFound }
        return VolunteerOffer(
            id: .make(), person: person, unit: unit.unit,
            skills: Set(Skill.allCases.filter { form.all(skillName($0)) == ["yes"] }),
            times: Set(times), record: nil)
    }
}
