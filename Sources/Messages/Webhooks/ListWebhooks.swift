import Core
import Hummingbird
import Ledger
import Storage
import Web

/// GET /admin/webhooks. For the system administrator: the programs that are told what happens, and
/// the form that adds one.
struct ListWebhooks: Sendable {
    let messages: Messages
    let app: Services

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        try await show(context, FormState(context))
    }

    /// The page, also after a form that was wrong or that added one.
    func show(
        _ context: AppContext, _ state: FormState, made: (name: String, secret: String)? = nil
    ) async throws -> Response {
        let webhooks = try await app.database.read { try WebhookStore($0).list() }
        let words = app.site.words(context)
        let page = KeysPage(
            KeysPage.Said(
                title: words["webhooks_title"],
                lead: words[messages.setting == nil ? "deliveries_unset" : "webhooks_lead"],
                mine: words["webhooks_mine"], none: words["webhooks_none"],
                add: words["webhooks_add"]),
            webhooks.map { line($0, context, words) },
            made: made.map {
                KeysPage.Made(
                    words["webhooks_made", ["name": $0.name]], words["webhooks_made_text"],
                    secret: $0.secret)
            },
            full: webhooks.count < MessageLimits.webhooks
                ? nil : words["webhooks_full", ["count": String(MessageLimits.webhooks)]],
            sheet(state, context, words))
        return app.site.show(
            page, context, trail: [Link(words["deliveries_title"], .deliveries)],
            status: state.status
        ).unkept
    }

    private func line(
        _ webhook: Webhook, _ context: AppContext, _ words: Words
    ) -> KeysPage.Line {
        KeysPage.Line(
            webhook.name,
            words[
                "webhooks_facts", ["url": webhook.url, "made": webhook.madeAt.day.description]],
            end: (words["webhooks_end"], words["webhooks_end_label", ["name": webhook.name]]),
            context.formHead(.endWebhook), HiddenField("webhook", webhook.id.text))
    }

    private func sheet(
        _ state: FormState, _ context: AppContext, _ words: Words
    ) -> FormSheet {
        FormSheet(
            context.formHead(.webhooks, keeping: state.form), state,
            [
                state.line(
                    "webhook_name", words["webhooks_name"], isRequired: true,
                    help: words["webhooks_name_help"]),
                state.line(
                    "webhook_url", words["webhooks_url"], type: "url", isRequired: true,
                    help: words["webhooks_url_help"]),
            ], submit: words["webhooks_go"])
    }
}

/// POST /admin/webhooks. For the system administrator: adds a program that is told, and shows the
/// secret with which it knows us, this once.
struct MakeWebhook: Sendable {
    let messages: Messages
    let app: Services

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let list = ListWebhooks(messages: messages, app: app)
        return try await context.mending(form) {
            let (name, url) = try read(form)
            let secret = freshSecret()
            let done = try await app.accounts.once(form, context, needs: .right(.accounts)) {
                [app] acting, db in
                let store = WebhookStore(db)
                guard try store.list().count < MessageLimits.webhooks else {
                    throw Refusal.conflict(
                        zh: "最多可有\(MessageLimits.webhooks)个接收程序，请先停用一个。",
                        en: "There can be \(MessageLimits.webhooks) programs: end one first.")
                }
                let id = Webhook.ID.make()
                try store.insert(
                    id, name: name, url: url,
                    secret: try app.district.sealedKey.seal(
                        text: secret, for: Webhook.sealName(id)),
                    by: acting.actor, at: acting.moment)
                try app.audit(db).record(
                    "webhook.made", id.text, by: acting.actor, at: acting.moment, quietly: true)
                return (true, .webhooks)
            }
            // The secret of the first sending was shown once and is known to nobody here.
            guard done.made != nil else { return app.site.redirect(to: done.address) }
            return try await list.show(
                context, FormState(context), made: (name: name, secret: secret))
        } again: {
            try await list.show(context, $0)
        }
    }

    private func read(_ form: Form) throws(Refusal) -> (name: String, url: String) {
        var reader = FormReader(form)
        let name = reader.line("webhook_name", upTo: MessageLimits.webhookNameCharacters)
        let url = reader.line("webhook_url", upTo: MessageLimits.webhookAddressCharacters)
        if !url.isEmpty, !Webhook.isAddress(url, reach: messages.setting?.reach ?? []) {
            reader.fault(
                "webhook_url",
                zh: "请填写公网的 https 地址；内部网络须先在 messages.yaml 的 reach 中列出。",
                en: """
                    Give an https address on the internet; an inner network has to be listed in \
                    messages.yaml under “reach” first.
                    """)
        }
        try reader.check()
        return (name, url)
    }
}

/// POST /admin/webhooks/end. For the system administrator: a program is told no longer, and its
/// secret is gone.
struct EndWebhook: Sendable {
    let app: Services

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        guard let id = try form.text("webhook").flatMap({ Webhook.ID($0) }) else {
            throw Refusal.notFound
        }
        return try await app.submit(form, context, needs: .right(.accounts)) {
            [app] acting, db in
            guard try WebhookStore(db).remove(id) else { throw Refusal.notFound }
            try app.audit(db).record(
                "webhook.ended", id.text, by: acting.actor, at: acting.moment, quietly: true)
            return Address.webhooks.with("done", "webhook_ended")
        }
    }
}
