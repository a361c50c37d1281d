import Core

/// What personal data are used for: the basis, the register entries it needs, and who receives
/// them. What is given for one purpose is not used for another.
package struct Purpose: Sendable {
    /// Whether the person decides, or a duty of the district does.
    package enum Basis: String, Sendable, CaseIterable { case consent, duty }

    package let id: String
    package let name: Wording
    package let what: Wording
    package let basis: Basis
    /// The consent or the duty in words.
    package let ground: Wording
    /// The register entries whose values the purpose needs.
    package let entries: [String]
    /// The notice that is in force: consent given to another version is asked for again.
    package let version: String
    package let receivers: Wording
    /// Asked for on its own, never together with anything else.
    package let isSeparate: Bool
    package let isSensitive: Bool
    package let assessment: String?
    package let file: String
    package let line: Int

    init(_ id: String, _ mapping: Mapping) {
        self.id = id
        file = mapping.file
        line = mapping.line
        if !isName(id) { mapping.fault("a purpose is named with a-z, 0-9 and _, not “\(id)”") }
        name = mapping.wording("name")
        what = mapping.wording("what")
        basis = mapping.choice("basis", Basis.self, default: .duty)
        if !mapping.has("basis") { mapping.fault("“basis” is missing") }
        ground = mapping.wording("ground")
        entries = mapping.words("entries")
        version = mapping.requiredText("version")
        receivers = mapping.wording("receivers")
        isSeparate = mapping.flag("separate")
        isSensitive = mapping.flag("sensitive")
        assessment = mapping.text("assessment")
        if isSensitive, assessment == nil {
            mapping.fault("“\(id)” is sensitive and names no “assessment”")
        }
        if isSeparate, basis != .consent {
            mapping.fault("only consent can be “separate”", at: "separate")
        }
        mapping.close()
    }
}

extension Catalogue {
    /// The purpose that a register entry belongs to.
    package func purpose(of entry: String) -> Purpose? {
        purposes.values.filter { $0.entries.contains(entry) }.min { $0.id < $1.id }
    }

    /// The purposes that need a person's consent, in the order they are written.
    package var consentPurposes: [Purpose] {
        purposes.values.filter { $0.basis == .consent }
            .sorted { ($0.file, $0.line) < ($1.file, $1.line) }
    }

    /// Every entry belongs to one purpose, and what is sensitive says so on both sides.
    func checkPurposes(_ faults: FaultList) {
        guard !purposes.isEmpty else { return }
        var owners: [String: String] = [:]
        for purpose in purposes.values.sorted(by: { $0.id < $1.id }) {
            for entry in purpose.entries {
                guard let known = register[entry] else {
                    faults.add(
                        purpose.file, purpose.line,
                        "“\(purpose.id)” names the unknown register entry “\(entry)”")
                    continue
                }
                if known.isSensitive, !purpose.isSensitive {
                    faults.add(
                        purpose.file, purpose.line,
                        "“\(purpose.id)” uses the sensitive entry “\(entry)” and says not so")
                }
                if let other = owners.updateValue(purpose.id, forKey: entry) {
                    faults.add(
                        purpose.file, purpose.line,
                        "“\(entry)” belongs to both “\(other)” and “\(purpose.id)”")
                }
            }
        }
        for entry in register.values.sorted(by: { $0.id < $1.id }) where owners[entry.id] == nil {
            faults.add(
                entry.file, entry.line, "no purpose in purposes.yaml needs “\(entry.id)”")
        }
    }

    /// Private values of one record are erased together, so they are kept equally long.
    func checkPrivates(_ kind: Kind, _ faults: FaultList) {
        let keepings = Set(kind.privateEntries.compactMap { register[$0]?.keeping })
        if keepings.count > 1 {
            faults.add(
                kind.file, kind.line,
                "the private values of “\(kind.id)” are kept for different times")
        }
        if keepings.contains(where: { if case .with = $0 { true } else { false } }) {
            faults.add(
                kind.file, kind.line,
                "the private values of “\(kind.id)” need an entry with “retention_days”")
        }
    }
}
