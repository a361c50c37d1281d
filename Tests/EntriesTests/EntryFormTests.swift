import Foundation
import TestKit
import Testing

/// A form that is shown again says what is wrong in the order of its fields.
struct EntryFormTests {
    /// The identities of the fields that the summary names, as they stand there.
    private func told(_ page: String) -> [String] {
        page.components(separatedBy: "href=\"#").dropFirst()
            .map { String($0.prefix { $0 != "\"" }) }.filter { $0.hasPrefix("field-") }
    }

    /// The same in the order in which the page asks for them.
    private func asked(_ page: String, _ fields: [String]) -> [String] {
        fields.sorted {
            page.range(of: "id=\"\($0)\"")?.lowerBound ?? page.endIndex
                < page.range(of: "id=\"\($1)\"")?.lowerBound ?? page.endIndex
        }
    }

    /// The fields with which the page opens; one at most.
    private func opened(_ page: String) -> [String] {
        page.components(separatedBy: " autofocus").dropLast().map { before in
            String(
                before.components(separatedBy: " id=\"").last?.prefix { $0 != "\"" } ?? "")
        }
    }

    @Test(arguments: Engine.available)
    func aNewEntrySaysWhatIsWrongFromTheTopToTheFiles(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            let answer = try await desk.send(
                "/entries/new/material",
                WritingDesk.leaflet(["field.title": "", "measure.0": "x", "day": "2016-01-01"]),
                files: [("照片.jpg", [0, 1, 2, 3])], as: desk.li)
            #expect(answer.status == 422)
            let fields = ["field-day", "field-field-title", "field-measure-0", "field-evidence"]
            #expect(told(answer.text) == fields)
            #expect(asked(answer.text, fields) == fields)
            #expect(opened(answer.text) == ["field-day"])
        }
    }

    @Test(arguments: Engine.available)
    func aCorrectionAsksForItsReasonFirst(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            let id = try await desk.written()
            let answer = try await desk.send(
                "/entries/records/\(id)/correct",
                WritingDesk.leaflet(["reason": "", "measure.0": "x"]),
                files: [("照片.jpg", [0, 1, 2, 3])], as: desk.li)
            #expect(answer.status == 422)
            let fields = ["field-reason", "field-measure-0", "field-evidence"]
            #expect(told(answer.text) == fields)
            #expect(asked(answer.text, fields) == fields)
            #expect(opened(answer.text) == ["field-reason"])
        }
    }

    private static let kind = """
        call:
          name: {zh: 来电, en: Call}
          visibility: internal
          at: [community]
          fields:
            topic: {type: text, label: {zh: 事由, en: Topic}, required: true}
          private:
            phone: {label: {zh: 电话, en: Phone}, required: true, register: request_contact}
        """

    /// What is private stands behind all else, and so does what is wrong with it.
    @Test(arguments: Engine.available)
    func whatIsPrivateComesBehindTheNumber(on engine: Engine) async throws {
        try await OwnFolder.with(["kinds/call.yaml": Self.kind]) { folder in
            try await WritingDesk.with(engine, catalogue: [folder]) { desk in
                let answer = try await desk.write(
                    [
                        "unit": WritingDesk.first, "day": "2015-06-30", "ref": "一\u{1}",
                        "then": "post",
                    ], kind: "call")
                #expect(answer.status == 422)
                let fields = ["field-field-topic", "field-ref", "field-private-phone"]
                #expect(told(answer.text) == fields)
                #expect(asked(answer.text, fields) == fields)
                #expect(opened(answer.text) == ["field-field-topic"])
            }
        }
    }
}
