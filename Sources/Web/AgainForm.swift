import Core

/// A form that was refused, as it came, for whoever wrote it to look over and send once more: with
/// a token of its own, every text in sight, no password and no file.
///
/// It is made only of what a page of ours sent (`FormOrigin`), and nothing is sent by itself.
struct AgainForm {
    let sheet: FormSheet

    /// Nil when there is nothing that anybody would have to write again.
    init?(
        _ sent: SentForm, _ route: SentFields.Declaration, _ apology: ErrorPage,
        _ context: AppContext, _ words: Words
    ) {
        guard let form = sent.form else { return nil }
        let pairs = form.pairs.prefix(Limits.formFields)
        guard !pairs.contains(where: { route.fields[$0.name] == .key }) else { return nil }
        let state = FormState(
            context, Form(pairs: pairs.map { ($0.name, Self.seen($0.value)) }, key: form.key))
        var met: Set<String> = []
        var hidden: [HiddenField] = []
        var parts: [FormPart] = []
        var isWritten = false
        for (name, value) in pairs {
            let field = route.fields[name]
            // What has no word is nothing that its route knows of.
            guard field == .carried || route.word(for: name, context, words) != nil else {
                continue
            }
            // Boxes of one name were ticked before and stay so.
            guard met.insert(name).inserted, field != .carried else {
                if field == nil || field == .carried {
                    hidden.append(HiddenField(name, Self.seen(value)))
                }
                continue
            }
            let label = route.word(for: name, context, words)?[words.language] ?? name
            parts.append(Self.part(name, field, value, label, state))
            isWritten = isWritten || field == nil && !value.isEmpty
        }
        guard isWritten else { return nil }
        let files = Set(form.uploads.map(\.field)).sorted()
        parts += files.map { name in
            FormPart(
                FormField(
                    name, words["again_files"], .line(type: "file"),
                    help: words["again_files_help"]))
        }
        var sheet = FormSheet(
            Self.head(form, apology, context), state, parts, note: words["again_\(apology.again)"],
            submit: words["again_go"])
        sheet.hidden = hidden
        sheet.encoding = files.isEmpty ? nil : "multipart/form-data"
        self.sheet = sheet
    }

    /// Whoever was signed out keeps their token: it is theirs in this browser, and good again once
    /// they have signed in. Anybody else looks over what comes back under a token of their own.
    private static func head(
        _ form: Form, _ apology: ErrorPage, _ context: AppContext
    ) -> FormHead {
        let fresh = context.formHead(context.address, keeping: form)
        guard apology.isSignedOut, FormSeed.isShaped(form.token) else { return fresh }
        return FormHead(action: fresh.action, token: form.token, key: fresh.key)
    }

    private static func part(
        _ name: String, _ field: SentField?, _ value: String, _ label: String, _ state: FormState
    ) -> FormPart {
        switch field {
        case .password: return state.line(name, label, type: "password", isRequired: true)
        case .code: return state.line(name, label, autocomplete: "one-time-code")
        case .carried, .key, nil:
            let isLong = value.contains("\n") || value.count > Limits.lineCharacters
            return isLong ? state.lines(name, label) : state.line(name, label)
        }
    }

    /// What nobody can see in a field is not sent back into it.
    private static func seen(_ text: String) -> String {
        let scalars = text.replacing("\r\n", with: "\n").unicodeScalars
        return String(
            String.UnicodeScalarView(scalars.filter { $0 == "\n" || Query.isPlain($0) }))
    }
}

extension SentFields.Declaration {
    /// What a field is called: as its route says, or as the catalogue calls it in every form. What
    /// is typed anew has words of its own, so that none of it is ever taken for a text.
    fileprivate func word(for name: String, _ context: AppContext, _ words: Words) -> Wording? {
        switch fields[name] {
        case .password, .code: words.wording("secret_\(name)") ?? Wording(zh: name, en: name)
        default: label?(context, name) ?? words.wording("field_\(name)")
        }
    }
}
