import Core

/// Why a personal field is kept, on what basis, for how long, and who reads it.
package struct RegisterEntry: Sendable {
    /// The day from which the days of keeping are counted.
    package enum Start: String, Sendable, CaseIterable {
        /// The day of the record.
        case happened
        /// The first day on which the standing thing is no longer in force.
        case ended
        /// The newest day on which anything was written about the same matter or person.
        case lastUsed = "last_used"
    }

    /// Something else that says how long a value is kept.
    package enum Company: String, Sendable, CaseIterable { case records, audit, account }

    /// Until when a value is kept.
    package enum Keeping: Sendable, Hashable {
        case days(Int, from: Start)
        case with(Company)
    }

    /// The entry of sealed reasons of records that keep nothing else apart.
    package static let reasons = "record_reason"

    package let id: String
    package let what: Wording
    package let purpose: Wording
    package let basis: Wording
    package let retention: Wording
    package let keeping: Keeping
    package let readers: Wording
    /// Sensitive in the sense of the law: kept only with an impact assessment.
    package let isSensitive: Bool
    package let assessment: String?
    package let file: String
    package let line: Int

    init(_ id: String, _ mapping: Mapping) {
        self.id = id
        file = mapping.file
        line = mapping.line
        what = mapping.wording("what")
        purpose = mapping.wording("purpose")
        basis =
            mapping.node("basis")?.scalar.map { Wording(zh: $0.string, en: $0.string) }
            ?? mapping.wording("basis")
        let start = mapping.choice("retention_from", Start.self, default: .happened)
        if let days = mapping.integer("retention_days") {
            if days < 1 { mapping.fault("“retention_days” is at least 1", at: "retention_days") }
            keeping = .days(days, from: start)
        } else {
            if !mapping.has("retention_with") {
                mapping.fault("“\(id)” says neither “retention_days” nor “retention_with”")
            }
            keeping = .with(mapping.choice("retention_with", Company.self, default: .records))
        }
        retention =
            mapping.has("retention") ? mapping.wording("retention") : keeping.wording
        readers = mapping.wording("readers")
        isSensitive = mapping.flag("sensitive")
        assessment = mapping.text("assessment")
        if isSensitive, assessment == nil {
            mapping.fault("“\(id)” is sensitive and names no “assessment”")
        }
        mapping.close()
    }
}

extension RegisterEntry.Keeping {
    /// The rule in words, for an entry that does not give its own.
    var wording: Wording {
        switch self {
        case .days(let days, .happened): Wording(zh: "\(days)天", en: "\(days) days")
        case .days(let days, .ended):
            Wording(zh: "结束后\(days)天", en: "\(days) days after it ends")
        case .days(let days, .lastUsed):
            Wording(zh: "最后一次使用后\(days)天", en: "\(days) days after it was last used")
        case .with(.records): Wording(zh: "与所在记录相同", en: "As long as its records")
        case .with(.account): Wording(zh: "账号存续期间", en: "As long as the account")
        case .with(.audit): Wording(zh: "与审计链相同", en: "As long as the audit chain")
        }
    }
}
