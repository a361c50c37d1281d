import Core
import Figures
import Foundation
import Ledger
import TestKit
import Testing

/// Every file of `Tests/Inputs`, through the command's own path.
struct InputTests {
    @Test func everyFileIsExpectedToComeToSomething() throws {
        let listed = Set(InputCase.all.map(\.file))
        let found = try #require(FileManager.default.enumerator(atPath: InputCase.folder))
            .compactMap { $0 as? String }
            .filter { $0.contains(".") && $0 != "expected.tsv" && !$0.hasSuffix(".yaml") }
        #expect(listed.count >= 100)
        #expect(listed.symmetricDifference(found) == [])
    }

    @Test(arguments: InputCase.all.filter { !$0.bringsRecords || $0.needs.count != 2 })
    func aFileThatNeedsOthersComesToWhatIsExpected(input: InputCase) async throws {
        try await with(input.needs) { test in try await check(input, test) }
    }

    /// Files of the same small district, one after the other; each is undone behind it.
    @Test func everyOtherFileComesToWhatIsExpected() async throws {
        let all = InputCase.all.filter { $0.bringsRecords && $0.needs.count == 2 }
        let districts = Dictionary(grouping: all, by: \.needs)
        for (needs, inputs) in districts {
            try await with(needs) { test in
                for input in inputs {
                    guard let id = try await check(input, test) else { continue }
                    try await test.district.reverseImport(id, by: TestDistrict.actor)
                }
                #expect(try await test.database.read { try test.district.verify($0) } == [])
            }
        }
    }

    private func with(
        _ needs: [InputCase.Need], _ body: (TestDistrict) async throws -> Void
    ) async throws {
        try await TreeDistrict.with(isFounded: false) { test in
            for need in needs {
                let outcome = try await test.district.importFile(
                    InputCase.folder + "/" + need.file, what: need.what, by: TestDistrict.actor)
                guard case .published = outcome else {
                    Issue.record("\(need.file): \(outcome)")
                    return
                }
            }
            try await body(test)
        }
    }

    /// - Returns: the import that was published.
    @discardableResult
    private func check(_ input: InputCase, _ test: TestDistrict) async throws -> String? {
        if case .checked(let matched, let different, let said) = input.outcome {
            let checked = try await test.figures.check(try ImportTable(path: input.path))
            #expect(checked.matched == matched && checked.rows.count == matched + different)
            for (id, words) in said {
                let row = try #require(checked.rows.first { $0.id == id })
                #expect(row.mismatches.contains { $0.en.contains(words) }, "\(id) \(row)")
            }
            return nil
        }
        do {
            let outcome = try await test.district.importFile(
                input.path, what: input.what, by: TestDistrict.actor)
            switch (outcome, input.outcome) {
            case (.published(let id, let rows), .kept(let expected, let found)):
                #expect(rows == expected, "\(input)")
                try await check(found, input, test)
                return id
            case (.published(let id, 1), .old(let found)):
                try await check(found, input, test)
                return id
            case (.refused(let faults), .refused(let place, let words)):
                let first = try #require(faults.first)
                #expect("\(first.row) \(first.fault.place)" == place, "\(input)")
                #expect(first.fault.words.zh.contains(words), "\(input): \(first.fault.words.zh)")
            default: Issue.record("\(input): \(outcome)")
            }
        } catch let no as Refusal {
            switch input.outcome {
            case .unread(let words): #expect(no.text(.zh).contains(words), "\(input): \(no)")
            case .old: #expect(no.text(.zh).contains("旧版 Excel（.xls）"), "\(input): \(no)")
            default: Issue.record("\(input): \(no.text(.zh))")
            }
        }
        return nil
    }

    private func check(
        _ found: InputCase.Found, _ input: InputCase, _ test: TestDistrict
    ) async throws {
        if !found.record.isEmpty {
            let record = try #require(try await test.facts(input.what).first)
            var said = record.fields
            said["day"] = record.happenedOn.description
            said["ref"] = record.ref
            for (index, name) in ["trees", "area", "cost"].enumerated() {
                said[name] = record.measures[index].map(String.init)
            }
            #expect(said == found.record, "\(input)")
        }
        for asked in found.figures {
            let answer = try await test.answer(
                asked.indicator, asked.unit, asked.period,
                Question.Standpoint(rawValue: asked.structure) ?? .then)
            let text = answer.hasValue ? "\(answer.numerator)" : "\(answer.state)"
            #expect(text == asked.answer, "\(input): \(asked)")
        }
    }
}
