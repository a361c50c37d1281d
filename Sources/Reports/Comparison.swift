import Catalogue
import Core
import Figures
import Ledger
import Organization
import Storage

/// What a pinned figure said, what it would say now, and which records made the difference.
package struct Comparison: Sendable {
    package let pin: Pin
    package let now: Pin
    /// The definition has another version than the one that was pinned.
    package let isRedefined: Bool
    package let added: [String]
    package let removed: [String]
    /// Members on both sides that add another amount.
    package let changed: [String]

    package var isSame: Bool {
        pin.answer.state == now.answer.state && pin.answer.numerator == now.answer.numerator
            && pin.answer.denominator == now.answer.denominator
            && (pin.zh == now.zh || Slot.form(of: pin.slot) == .change)
    }

    /// Whether anything moved at all, even where the figure came out the same.
    package var isUntouched: Bool {
        isSame && !isRedefined && added.isEmpty && removed.isEmpty && changed.isEmpty
    }
}

extension Reports {
    /// Compares one pin with the ledger at the newest position.
    ///
    /// The members of then are read again as the ledger stood at the pinned position; verify
    /// checks that they still make the pinned fingerprint.
    package func compare(_ pin: Pin, _ reading: Figures.Reading) throws -> Comparison {
        let asked = pin.question.asking(at: reading.position, today: reading.today)
        let now = try reading.pin(pin.slot, asked)
        let isRedefined = now.version != pin.version
        guard now.hash != pin.hash || now.count != pin.count else {
            return Comparison(
                pin: pin, now: now, isRedefined: isRedefined, added: [], removed: [], changed: [])
        }
        let before = try amounts(pin.question, reading)
        let after = try amounts(asked, reading)
        return Comparison(
            pin: pin, now: now, isRedefined: isRedefined,
            added: ids(after.keys.filter { before[$0] == nil }),
            removed: ids(before.keys.filter { after[$0] == nil }),
            changed: ids(
                after.keys.filter { key in before[key].map { $0 != after[key] } ?? false }))
    }

    /// A record, and what part of a figure it stands in: it may leave one and stay in another.
    private struct Ground: Hashable {
        let part: String
        let id: String
    }

    private func ids(_ grounds: [Ground]) -> [String] { Set(grounds.map(\.id)).sorted() }

    private func amounts(
        _ question: Question, _ reading: Figures.Reading
    ) throws -> [Ground: Int] {
        var amounts: [Ground: Int] = [:]
        for (part, members) in try reading.reckoner.grounds(question) {
            for member in members {
                amounts[Ground(part: part, id: member.id)] = member.amount ?? 0
            }
        }
        return amounts
    }

    /// What is wrong with the pins of a report: its digest in the audit, or a pinned figure that
    /// the ledger no longer makes as it stood.
    package func verify(
        _ report: IssuedReport, digest: String?, _ reading: Figures.Reading
    ) throws -> [String] {
        var faults: [String] = []
        if digest != report.digest {
            faults.append("report \(report.id): its text or figures differ from the audit")
        }
        for pin in report.pins {
            let members = try reading.reckoner.grounds(pin.question).flatMap(\.members)
            guard
                reading.reckoner.catalogue.indicators[pin.question.indicator]?.version
                    == pin.version
            else { continue }
            if memberHash(members) != pin.hash {
                faults.append(
                    "report \(report.id): the records of “\(pin.slot)” at position "
                        + "\(pin.question.position) are not those that were pinned")
            }
        }
        return faults
    }
}
