import Catalogue
import Core
import Foundation
import Testing

/// Purposes, their register entries, and what is sensitive.
@Suite struct PurposeTests {
    static func purpose(entries: String = "speaker", _ lines: String...) -> String {
        ([
            "talks:", "  name: {zh: 讲座, en: Talks}", "  what: {zh: 办讲座, en: To hold talks}",
            "  basis: consent", "  ground: {zh: 同意, en: Consent}", "  entries: [\(entries)]",
            "  version: 2026-11", "  receivers: {zh: 社区, en: The community}",
        ] + lines.map { "  " + $0 }).joined(separator: "\n")
    }

    private func faults(_ purposes: String, register: String? = nil) throws -> [String] {
        var draft = DraftCatalogue()
        draft.files["purposes.yaml"] = purposes
        if let register { draft.files["register.yaml"]! += "\n" + register }
        return try draft.faults()
    }

    private static let other = """
        other:
          what: {zh: 其他, en: Other}
          purpose: {zh: 核对, en: To check}
          basis: {zh: 规定, en: A rule}
          readers: {zh: 本人, en: The person}
        """

    @Test func aPurposeWithItsEntryLoads() throws {
        #expect(try faults(Self.purpose()) == [])
    }

    @Test(arguments: [
        (purpose(entries: "nobody"), "names the unknown register entry “nobody”"),
        (purpose(entries: ""), "no purpose in purposes.yaml needs “speaker”"),
        (purpose("sensitive: true"), "is sensitive and names no “assessment”"),
        (
            purpose("separate: true").replacing("basis: consent", with: "basis: duty"),
            "only consent can be “separate”"
        ),
        (
            purpose() + "\n" + purpose().replacing("talks:", with: "again:"),
            "belongs to both “again” and “talks”"
        ),
    ])
    func whatIsWrongWithAPurposeIsNamed(_ text: String, _ fault: String) throws {
        let faults = try faults(text)
        #expect(faults.contains { $0.contains(fault) }, "\(faults)")
    }

    @Test func anEntrySaysHowLongItIsKept() throws {
        let faults = try faults(Self.purpose(entries: "speaker, other"), register: Self.other)
        #expect(
            faults.contains {
                $0.contains("“other” says neither “retention_days” nor “retention_with”")
            }, "\(faults)")
    }

    /// A new sensitive field is a fault until somebody has assessed what it can do to people.
    @Test func aSensitiveEntryNeedsItsAssessment() throws {
        let entry = Self.other + "\n  retention_days: 30\n  sensitive: true"
        let purposes = Self.purpose(entries: "speaker, other")
        let bare = try faults(purposes, register: entry)
        #expect(bare.contains { $0.contains("“other” is sensitive and names no “assessment”") })
        let assessed = entry + "\n  assessment: PIA-2026-01"
        let silent = try faults(purposes, register: assessed)
        #expect(silent.contains { $0.contains("uses the sensitive entry “other”") })
        let said = Self.purpose(
            entries: "speaker, other", "sensitive: true", "assessment: PIA-2026-01")
        #expect(try faults(said, register: assessed) == [])
    }

    @Test func everyEntryOfTheProjectSaysDaysOrCompanyAndHasOnePurpose() throws {
        let catalogue = try Catalogue(folders: [ownCatalogue])
        #expect(catalogue.register.values.filter { catalogue.purpose(of: $0.id) == nil }.isEmpty)
        #expect(catalogue.consentPurposes.count >= 5)
        #expect(catalogue.register["job_seeker"]?.keeping == .days(365, from: .happened))
        #expect(catalogue.register["party_member"]?.keeping == .days(1825, from: .ended))
        #expect(catalogue.register["person_name"]?.keeping == .with(.records))
    }

    @Test func privateValuesOfOneKindAreKeptEquallyLong() throws {
        var draft = DraftCatalogue()
        draft.files["register.yaml"]! += "\n" + Self.other + "\n  retention_days: 90"
        draft.files["kinds/more.yaml"] = """
            call:
              name: {zh: 来电, en: Call}
              shape: event
              at: [street]
              private:
                voice: {label: {zh: 电话, en: Telephone}, register: speaker}
                street: {label: {zh: 住址, en: Address}, register: other}
            """
        let faults = try draft.faults()
        #expect(faults.contains { $0.contains("“call” are kept for different times") })
    }
}
