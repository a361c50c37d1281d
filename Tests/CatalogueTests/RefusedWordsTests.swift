import Catalogue
import Core
import Foundation
import Testing

/// What no district keeps of anybody is refused wherever a catalogue could name it.
@Suite struct RefusedWordsTests {
    /// A draft that is held to the project's own list.
    private func draft(_ name: String, _ text: String) throws -> DraftCatalogue {
        var draft = DraftCatalogue()
        draft.files["refused.yaml"] = try String(
            contentsOfFile: ownCatalogue + "/refused.yaml", encoding: .utf8)
        draft.files[name] = text
        return draft
    }

    private func kinds(_ old: String, _ new: String) throws -> DraftCatalogue {
        try draft("kinds/talks.yaml", DraftCatalogue.kinds.replacing(old, with: new))
    }

    @Test func theDraftItselfIsNotRefused() throws {
        #expect(try kinds("theme", "theme").faults() == [])
    }

    @Test(arguments: [
        "religion", "religious_belief", "face_image", "fingerprint", "health", "patient_name",
        "diagnosis", "gps_track", "location", "criminal_record", "petition_history", "key_person",
        "family_planning", "id_number", "ethnicity", "check_in",
    ])
    func aRefusedFieldIsAFault(_ id: String) throws {
        let faults = try kinds("theme:", id + ":").faults()
        #expect(faults.contains { $0.contains("“talk.\(id)” names “") }, "\(faults)")
    }

    @Test(arguments: [
        "宗教信仰", "人脸照片", "健康状况", "病史", "行动轨迹", "信访记录", "重点人员", "前科", "打卡",
    ])
    func aRefusedLabelIsAFault(_ label: String) throws {
        let faults = try kinds("{zh: 主题, en: Theme}", "{zh: \(label), en: Theme}").faults()
        #expect(faults.contains { $0.contains("“talk.theme” names “") }, "\(faults)")
    }

    @Test(arguments: ["Religion", "Criminal record", "GPS of the worker", "A key person"])
    func aRefusedLabelInEnglishIsAFault(_ label: String) throws {
        let faults = try kinds("{zh: 主题, en: Theme}", "{zh: 主题, en: \(label)}").faults()
        #expect(faults.contains { $0.contains("“talk.theme” names “") }, "\(faults)")
    }

    @Test func anOptionAndAKindAreHeldToTheListAsWell() throws {
        let option = try kinds("red: {zh: 红, en: Red}", "red: {zh: 残疾, en: Red}").faults()
        #expect(option.contains { $0.contains("“talk.red” names “残疾”") })
        let kind = try kinds("name: {zh: 社团, en: Club}", "name: {zh: 重点人员, en: Club}").faults()
        #expect(kind.contains { $0.contains("“club” names “重点人员”") })
    }

    @Test func aRuleOfTheLawIsExcusedAtItsExactPlaceAndNowhereElse() throws {
        let rule = DraftCatalogue.rule("petition.forward_days", value: 15, from: "2022-05-01")
            .replacing("{zh: 时长, en: Duration}", with: "{zh: 信访转送, en: Forwarded}")
        #expect(try draft("rules/more.yaml", rule).faults() == [])
        let other = rule.replacing("petition.forward_days", with: "petition.count_days")
        let faults = try draft("rules/more.yaml", other).faults()
        #expect(faults.contains { $0.contains("“rules.petition.count_days” names “petition”") })
    }

    @Test func aWordInsideAnotherIsNotTaken() throws {
        #expect(try kinds("theme:", "surface:").faults() == [])
        #expect(try kinds("{zh: 主题, en: Theme}", "{zh: 主题, en: Interface}").faults() == [])
    }

    /// A district's own folder is read behind the project's, and cannot loosen the list.
    @Test func aDistrictsOwnListChangesNothing() throws {
        var draft = DraftCatalogue()
        draft.files = [
            "refused.yaml": "ids: []\n",
            "register.yaml": DraftCatalogue().files["register.yaml"]!,
            "purposes.yaml": PurposeTests.purpose(entries: "speaker"),
            "kinds/talks.yaml": DraftCatalogue.kinds.replacing("theme:", with: "religion:"),
        ]
        let broken = #expect(throws: BrokenCatalogue.self) {
            try draft.load(behind: [ownCatalogue])
        }
        #expect(broken?.description.contains("“talk.religion” names “religion”") == true)
    }
}
