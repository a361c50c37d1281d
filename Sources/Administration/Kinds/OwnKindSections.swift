import Catalogue
import Core
import Ledger
import Web

/// What is shown of a kind that is made on a page, to whoever makes it and whoever lets it go.
struct OwnKindSections {
    let reading: OwnKindReading
    let catalogue: Catalogue
    let words: Words
    let today: Day

    private var own: OwnKind { reading.kept.own }
    private var id: String { reading.kept.id }
    private var language: Language { words.language }

    func about() -> DeskSection {
        var section = DeskSection(nil)
        section.add(words["own_kind_state"], reading.state(words, today))
        if let note = reading.kept.note { section.add(words["own_kind_note"], note) }
        section.add(words["own_kind_area"], words.area(own.area))
        section.add(words["own_kind_shape"], words["own_shape_\(own.shape)"])
        let forms = own.at.map { catalogue.forms[$0]?.name[language] ?? $0 }
        section.add(
            words["own_kind_at"],
            forms.isEmpty ? words["own_kind_at_all"] : forms.joined(separator: words.comma))
        section.add(
            words["own_kind_visibility"],
            words["visibility_\(own.visibility)"] + words["own_kind_dash"]
                + words["own_visible_\(own.visibility)"])
        section.add(words["own_kind_confirm"], words[own.isConfirmed ? "yes" : "no"])
        if own.visibility == Visibility.public.rawValue {
            section.add(
                words["own_kind_pictures"],
                words[own.keepsPictures == true ? "own_pictures_kept" : "own_pictures_box"])
        }
        if !own.from.isEmpty { section.add(words["own_kind_from"], own.from) }
        if !own.until.isEmpty { section.add(words["own_kind_until"], own.until) }
        return section
    }

    /// - Parameter presses: what can be done with a field; nothing for whoever only reads.
    func fields(_ presses: ((OwnKind.Field) -> [DeskTable.Cell])?) -> DeskSection {
        var section = DeskSection(words["own_fields"])
        var heads = [
            words["own_field_name"], words["own_field_form"], words["own_field_checks"],
        ]
        if presses != nil { heads += [words["own_field_up"], words["own_field_removal"]] }
        var table = DeskTable(words["own_fields"], heads, empty: words["own_fields_none"])
        for field in own.fields {
            let target: Address? = presses == nil ? nil : .ownField(field.id, of: id)
            table.add(
                [
                    .text(field.name[language], to: target), .text(form(field)),
                    .text(checks(field)),
                ] + (presses?(field) ?? []))
        }
        section.table = table
        return section
    }

    private func form(_ field: OwnKind.Field) -> String {
        var said = [words["own_form_\(field.form.rawValue)"]]
        switch field.form {
        case .number:
            said.append(MeasureUnit(rawValue: field.unit)?.written.name[language] ?? "")
        case .choice:
            said.append(
                field.options.map { language == .zh ? $0.zh : $0.en }.joined(separator: words.comma)
            )
        case .person: said.append(catalogue.register[field.register]?.what[language] ?? "")
        case .text, .long, .day, .flag: break
        }
        return said.filter { !$0.isEmpty }.joined(separator: words["own_kind_dash"])
    }

    private func checks(_ field: OwnKind.Field) -> String {
        var said: [String] = []
        if field.isRequired { said.append(words["own_required"]) }
        func add(_ key: String, _ value: String) {
            if !value.isEmpty { said.append(words[key, ["value": value]]) }
        }
        add("own_at_least", field.least)
        add("own_at_most", field.most)
        add("own_at_least", own.field(field.leastOf)?.name[language] ?? "")
        add("own_at_most", own.field(field.mostOf)?.name[language] ?? "")
        if field.isPast { said.append(words["own_past"]) }
        return said.joined(separator: words.comma)
    }

    func figure() -> DeskSection {
        var section = DeskSection(words["own_figure"])
        section.add(words["own_reckoning"], words["own_reckoning_\(own.reckoning.rawValue)"])
        guard own.reckoning != .none else { return section }
        section.add(
            words["own_figure_name"],
            Wording(
                zh: own.figureZh.isEmpty ? own.zh : own.figureZh,
                en: own.figureEn.isEmpty ? own.en : own.figureEn)[language])
        if own.reckoning == .sum {
            section.add(words["own_sum_of"], own.field(own.sumOf)?.name[language] ?? "")
        } else {
            section.add(words["own_counter"], own.counter)
        }
        return section
    }

    /// What is still to be mended, each with the way to it.
    func open(_ check: OwnKindCheck) -> DeskSection? {
        guard !check.found.isEmpty else { return nil }
        var section = DeskSection(words["own_open"], note: words["own_open_note"])
        var table = DeskTable(
            words["own_open"], [words["own_open_where"], words["own_open_what"]], empty: "")
        for one in check.found {
            table.add([
                .text(name(one.place), to: address(one.place)),
                .text(one.fault.words[language]),
            ])
        }
        section.table = table
        return section
    }

    private func name(_ place: OwnKindCheck.Place) -> String {
        switch place {
        case .about: words["own_about"]
        case .figure: words["own_figure"]
        case .sending: words["own_sending"]
        case .field(let id): own.field(id)?.name[language] ?? id
        }
    }

    private func address(_ place: OwnKindCheck.Place) -> Address {
        switch place {
        case .about: .ownKind(id, "about")
        case .figure: .ownKind(id, "figure")
        case .sending: .ownKind(id, "sending")
        case .field(let field): .ownField(field, of: id)
        }
    }

    /// Its versions, each with what it changed.
    func history() -> DeskSection? {
        guard !reading.versions.isEmpty else { return nil }
        var section = DeskSection(words["own_history"])
        var table = DeskTable(
            words["own_history"],
            [
                words["own_version"], words["own_released"], words["own_sent_by"],
                words["own_changes"],
            ], empty: "")
        for (place, version) in reading.versions.enumerated() {
            let before = reading.versions.dropFirst(place + 1).first?.own
            let changes = OwnKindChanges(from: before, to: version.own, words).lines
            func name(_ account: String) -> String { reading.names[account] ?? account }
            table.add([
                .text(String(version.number)),
                .text(
                    words[
                        "desk_by",
                        ["when": version.releasedAt.text, "who": name(version.releasedBy)]]),
                .text(name(version.sentBy)),
                .text(changes.joined(separator: words["own_semicolon"])),
            ])
        }
        section.table = table
        return section
    }
}
