import Core

/// A form that was refused, as it came, for whoever wrote it to look over and send once more: with
/// a token of its own, every text in sight, no password and no file.
///
/// It is made only of what a page of ours sent (`FormOrigin`), and nothing is sent by itself.
struct AgainForm {
    let sheet: FormSheet

    /// What a form carries along unseen; it says nothing that anybody wrote.
    private static let carried: Set<String> = [
        "then", "late", "draft", "pattern", "pattern_day", "returned", "kept", "next", "file",
        "position", "session", "feed", "act", "as",
    ]
    /// What stands in no page a second time, and is typed anew.
    private static let passwords: Set<String> = ["password", "old"]
    private static let codes: Set<String> = ["code", "present", "ending_code"]
    /// What opens something by itself: its form is asked for anew.
    private static let keys: Set<String> = ["secret", "sealed"]

    /// Nil when there is nothing that anybody would have to write again.
    init?(_ sent: SentForm, _ apology: ErrorPage, _ context: AppContext, _ words: Words) {
        guard let form = sent.form else { return nil }
        let pairs = form.pairs.prefix(Limits.formFields)
        let names = Set(pairs.map(\.name))
        let written = pairs.filter { pair in
            !Self.carried.contains(pair.name) && !Self.passwords.contains(pair.name)
                && !Self.codes.contains(pair.name) && !pair.value.isEmpty
        }
        guard !written.isEmpty, names.isDisjoint(with: Self.keys) else { return nil }
        let state = FormState(
            context, Form(pairs: pairs.map { ($0.name, Self.seen($0.value)) }, key: form.key))
        var met: Set<String> = []
        var hidden: [HiddenField] = []
        var parts: [FormPart] = []
        for (name, value) in pairs {
            // Boxes of one name were ticked before and stay so.
            guard met.insert(name).inserted, !Self.carried.contains(name) else {
                hidden.append(HiddenField(name, Self.seen(value)))
                continue
            }
            let label = (sent.label(name) ?? words.label(ofField: name))?[words.language] ?? name
            parts.append(Self.part(name, value, label, state))
        }
        let files = Set(form.uploads.map(\.field)).sorted()
        parts += files.map { name in
            FormPart(
                FormField(
                    name, words["again_files"], .line(type: "file"),
                    help: words["again_files_help"]))
        }
        var sheet = FormSheet(
            context.formHead(context.address, keeping: form), state, parts,
            note: words["again_\(apology.again)"], submit: words["again_go"])
        sheet.hidden = hidden
        sheet.encoding = files.isEmpty ? nil : "multipart/form-data"
        self.sheet = sheet
    }

    private static func part(
        _ name: String, _ value: String, _ label: String, _ state: FormState
    ) -> FormPart {
        if passwords.contains(name) {
            return state.line(name, label, type: "password", isRequired: true)
        }
        if codes.contains(name) { return state.line(name, label, autocomplete: "one-time-code") }
        let isLong = value.contains("\n") || value.count > Limits.lineCharacters
        return isLong ? state.lines(name, label) : state.line(name, label)
    }

    /// What nobody can see in a field is not sent back into it.
    private static func seen(_ text: String) -> String {
        let scalars = text.replacing("\r\n", with: "\n").unicodeScalars
        return String(
            String.UnicodeScalarView(scalars.filter { $0 == "\n" || Query.isPlain($0) }))
    }
}

extension Words {
    /// What a field is called that stands in several forms under one name.
    fileprivate func label(ofField name: String) -> Wording? { wording("field_\(name)") }
}
