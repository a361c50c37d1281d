import Catalogue
import Core
import Figures
import Ledger
import Organization
import Storage

/// A report with its figures as they are now, for a unit and a period it is written for.
package struct ReportDraft: Sendable {
    /// The template with the unit's name and the period in their places.
    package let template: ReportTemplate
    package let unit: UnitVersion
    package let period: Period
    package let pins: [Pin]
}

extension Reports {
    /// About how long a slot takes that nobody has read yet.
    private static let millisecondsPerSlot = 10

    /// Reads a template with its figures as they are now.
    ///
    /// A slot that asks for a reorganization outside the report's period gets no pin, so that its
    /// sentence is left out.
    ///
    /// - Throws: `Refusal` where the template is not written for this unit or this period, or
    ///   names a unit or a reorganization that this district does not have.
    package func draft(
        _ template: ReportTemplate, unit code: String, period text: String,
        _ reading: Figures.Reading
    ) throws -> ReportDraft {
        let period = try period(text, template)
        let unit = try unit(code, template, period, reading.structure)
        let filled = template.filled(ReportWords(unit: unit.name, period: period))
        let faults = unknown(template, reading.structure).map(\.fault)
        guard faults.isEmpty else { throw Refusal.invalid(faults) }
        try Work.current?.foresee(template.slots.count * Self.millisecondsPerSlot)
        var pins: [Pin] = []
        var seen: Set<String> = []
        for slot in template.slots where seen.insert(slot.key).inserted {
            if let code = slot.reorganization,
                let day = reading.structure.reorganization(code)?.effectiveOn,
                !period.contains(day)
            {
                continue
            }
            var question = try reading.question(
                slot.indicator, unit: slot.unit ?? unit.code, period: slot.period(in: period))
            if slot.unit == nil {
                question = question.asking(unit: unit.unit)
            } else {
                try require(question, below: unit, reading.structure)
            }
            if slot.form == .change {
                if let pin = try reading.change(slot, question, in: period) { pins.append(pin) }
            } else {
                pins.append(try reading.pin(slot.key, question))
            }
        }
        return ReportDraft(template: filled, unit: unit, period: period, pins: pins)
    }

    private func period(
        _ text: String, _ template: ReportTemplate
    ) throws(Refusal) -> Period {
        let today = figures.district.now().day
        let near = template.periods(near: text, today: today)
        guard let period = Period.read(text, today: today),
            template.spans.contains(where: { $0.holds(period) })
        else {
            let spans = template.spans.map(\.words)
            throw .invalid([
                Fault(
                    Period.label, at: "period",
                    zh: "报告“\(template.called.zh)”只用于\(spans.map(\.zh).joined(separator: "、"))，"
                        + "不用于“\(text)”。",
                    en: "The report “\(template.called.en)” is for "
                        + "\(spans.map(\.en).joined(separator: ", ")), not for “\(text)”."
                ).near(near)
            ])
        }
        guard period.from <= today else {
            throw .invalid([
                Fault(
                    Period.label, at: "period", zh: "\(period.words.zh)还没有开始。",
                    en: "It is too early: \(period.words.en) has not begun."
                ).near(near)
            ])
        }
        return period
    }

    /// The unit as it stands on the last day of the period.
    private func unit(
        _ code: String, _ template: ReportTemplate, _ period: Period, _ structure: Structure
    ) throws(Refusal) -> UnitVersion {
        var units = UnitReading(structure, on: period.lastDay)
        units.forms = template.forms ?? []
        let unit = try units.unit(code)
        guard (template.forms ?? []).contains(unit.form) else {
            let catalogue = figures.district.catalogue
            func name(_ form: String) -> Wording {
                catalogue.forms[form]?.name ?? Wording(zh: form, en: form)
            }
            let forms = (template.forms ?? []).map(name)
            throw .invalid([
                Fault(
                    Wording(zh: "单位", en: "Unit"), at: "unit",
                    zh: "报告“\(template.called.zh)”是为\(forms.map(\.zh).joined(separator: "、"))写的，"
                        + "\(unit.name)是\(name(unit.form).zh)。",
                    en: "The report “\(template.called.en)” is written for the type "
                        + "\(forms.map(\.en).joined(separator: ", ")); \(unit.name) is of the type "
                        + "\(name(unit.form).en).")
            ])
        }
        return unit
    }

    /// A report tells of its own unit and of those below it, and of no other.
    private func require(
        _ question: Question, below unit: UnitVersion, _ structure: Structure
    ) throws(Refusal) {
        let day = question.period.lastDay
        let version = structure.nearestVersion(question.unit, on: day)
        let there = version.map { min(max($0.from, day), ($0.to ?? day + 1) - 1) } ?? day
        guard structure.lies(question.unit, below: [unit.unit], on: there) else {
            throw .invalid(
                "单位",
                zh: "这份报告写到\(version?.name ?? "")（\(version?.code ?? "")），它不在\(unit.name)之内。",
                en: "The report tells of \(version?.name ?? "") (\(version?.code ?? "")), which is "
                    + "not below \(unit.name).")
        }
    }
}

extension Reports {
    /// What templates name that only a district can know, and this one does not.
    package struct Unknown: Sendable {
        let template: ReportTemplate
        let slot: Slot
        let isUnit: Bool

        package var fault: Fault {
            isUnit
                ? Fault(
                    "单位",
                    zh: "报告“\(template.called.zh)”用到编码为 \(slot.unit ?? "") 的单位，本区没有这个单位。",
                    en:
                        "The report “\(template.called.en)” names the unit \(slot.unit ?? ""), "
                        + "which this district does not have.")
                : Fault(
                    "时段",
                    zh: "报告“\(template.called.zh)”用到编号为 \(slot.reorganization ?? "") 的"
                        + "区划调整文件，本区没有这份文件。",
                    en: "The report “\(template.called.en)” names the reorganization "
                        + "\(slot.reorganization ?? ""), which this district does not have.")
        }

        /// Notes the fault with its file and line, for whoever mends the template.
        package func note(in faults: FaultList) {
            let place = template.places[slot.key]
            faults.add(
                place?.file ?? "reports", place?.line ?? 1,
                isUnit
                    ? "no unit has the code “\(slot.unit ?? "")” in this district"
                    : "no reorganization “\(slot.reorganization ?? "")” is known in this district")
        }
    }

    package func unknown(_ template: ReportTemplate, _ structure: Structure) -> [Unknown] {
        var (found, seen) = ([Unknown](), Set<String>())
        for slot in template.slots {
            if let code = slot.unit, structure.history(code: code).isEmpty,
                seen.insert("unit " + code).inserted
            {
                found.append(Unknown(template: template, slot: slot, isUnit: true))
            }
            if let code = slot.reorganization, structure.reorganization(code) == nil,
                seen.insert("reorganization " + code).inserted
            {
                found.append(Unknown(template: template, slot: slot, isUnit: false))
            }
        }
        return found
    }
}

extension ReportTemplate {
    /// What the template is called while it has no unit and no period.
    package var called: Words {
        if let name { return name }
        func open(_ text: String) -> String { text.replacing(/\{[^}]*\}/, with: "…") }
        return Words(zh: open(title.zh), en: open(title.en))
    }
}
