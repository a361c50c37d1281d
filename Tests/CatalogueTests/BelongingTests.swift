import Catalogue
import Testing

/// What a kind belongs to, its minute, and where the reasons of its records stand.
struct BelongingTests {
    private func faults(kind lines: String..., ended: Bool = false) throws -> [String] {
        var draft = DraftCatalogue()
        draft.files["kinds/more.yaml"] =
            """
            meeting:
              name: {zh: 聚会, en: Meeting}
              at: [street]
              subjects:
                club: {label: {zh: 社团编号, en: Club code}, required: true}
              persons:
                host: {label: {zh: 主持, en: Host}, required: true, register: host}
            """ + lines.map { "\n  " + $0 }.joined()
        draft.files["register.yaml"]! +=
            """

            host:
              what: {zh: 姓名, en: Name}
              purpose: {zh: 核对, en: To check}
              basis: {zh: 规定, en: A rule}
              retention_days: 30
              retention_from: \(ended ? "ended" : "happened")
              readers: {zh: 本人, en: The person}
            """
        return try draft.faults()
    }

    @Test func anEventKeptFromAnEndSaysOfWhat() throws {
        #expect(try faults() == [])
        let silent = try faults(ended: true)
        #expect(silent.count == 1, "\(silent)")
        #expect(
            silent.first?.contains(
                "“meeting” is an event, and its entry “host” is kept from an end") == true)
        #expect(try faults(kind: "belongs_to: {kind: club, by: club}", ended: true) == [])
        let event = try faults(kind: "belongs_to: {kind: meeting, by: club}", ended: true)
        #expect(event.contains { $0.contains("is kept from an end") }, "an event has no end")
    }

    @Test(arguments: [
        ("belongs_to: {kind: clubs, by: club}", "“meeting” belongs to the unknown kind “clubs”"),
        ("belongs_to: {kind: club, by: host}", "neither a role nor a subject of “club”"),
        ("belongs_to: {kind: talk, by: club}", "neither a role nor a subject of “talk”"),
        ("minute: always", "“minute” is “always”; it can be none, optional, required"),
        ("reason: secret", "“reason” is “secret”; it can be private"),
        ("reason: private", "“meeting” keeps personal data without an entry “record_reason”"),
        (
            "minute: required\n  fields: {t: {label: {zh: 时间, en: When}}}",
            "two columns can be headed “时间”"
        ),
    ])
    func whatDoesNotFitIsNamed(line: String, fault: String) throws {
        let faults = try faults(kind: line)
        #expect(faults.contains { $0.contains(fault) }, "\(faults)")
    }
}
