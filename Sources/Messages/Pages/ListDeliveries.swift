import Core
import Hummingbird
import Ledger
import Storage
import Web

/// GET /admin/messages. For the system administrator: how much went out and how much waits, and
/// what was given up, without a word of what it says or to whom.
struct ListDeliveries: Sendable {
    let messages: Messages
    let app: Services

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let (counts, failing, webhooks) = try await app.database.read { db in
            let store = DeliveryStore(db)
            return (try store.counts(), try store.failing(), try WebhookStore(db).list())
        }
        let words = app.site.words(context)
        let names = Dictionary(
            webhooks.map { (Delivery.place(of: $0.id), $0.name) }, uniquingKeysWith: { $1 })
        let page = DeliveriesPage(
            counts.map {
                DeliveriesPage.Count(
                    channel: words["delivery_channel_\($0.channel.rawValue)"],
                    state: words["delivery_state_\($0.state.rawValue)"], count: String($0.count))
            },
            failing.map { line($0, names, context, words) },
            setting: words[setting], context, words)
        return app.site.show(page, context)
    }

    /// The word for what the district has set up.
    private var setting: String {
        messages.setting == nil
            ? "deliveries_unset" : messages.hasMail ? "deliveries_mail" : "deliveries_no_mail"
    }

    private func line(
        _ delivery: Delivery, _ names: [String: String], _ context: AppContext, _ words: Words
    ) -> DeliveriesPage.Line {
        let isDead = delivery.state == .dead
        return DeliveriesPage.Line(
            what: words[
                delivery.event == Delivery.codeEvent
                    ? "delivery_code" : "mail_topic_\(MessageTopic(of: delivery.event).rawValue)"],
            place: names[delivery.place]
                ?? words["delivery_channel_\(delivery.channel.rawValue)"],
            state: words["delivery_state_\(delivery.state.rawValue)"],
            tag: isDead ? "tag-warn" : "", tries: String(delivery.tries),
            made: delivery.madeAt.text, next: isDead ? "–" : delivery.nextAt.text,
            fault: delivery.fault.map { words["delivery_fault_\($0.rawValue)"] } ?? "–",
            retry: isDead
                ? DeliveriesPage.Retry(
                    head: context.formHead(.tryAgain),
                    hidden: [HiddenField("delivery", delivery.id.text)]) : nil)
    }
}

/// What goes out, in numbers, and what does not arrive.
struct DeliveriesPage: Page {
    static let template = "messages/deliveries"

    let title: String
    let lead: String
    let setting: String
    let webhooks: Link
    let counts: Listed<Count>?
    let failing: Listed<Line>?
    /// Tries all that was given up.
    let retryAll: Retry?

    struct Count: Sendable {
        let channel: String
        let state: String
        let count: String
    }

    struct Line: Sendable {
        let what: String
        let place: String
        let state: String
        let tag: String
        let tries: String
        let made: String
        let next: String
        let fault: String
        let retry: Retry?
    }

    struct Retry: Sendable {
        let head: FormHead
        let hidden: [HiddenField]
    }

    init(
        _ counts: [Count], _ failing: [Line], setting: String, _ context: AppContext,
        _ words: Words
    ) {
        title = words["deliveries_title"]
        lead = words["deliveries_lead", ["tries": String(MessageLimits.tries)]]
        self.setting = setting
        webhooks = Link(words["webhooks_title"], .webhooks)
        self.counts = Listed(counts)
        self.failing = Listed(failing)
        retryAll =
            failing.contains { $0.retry != nil }
            ? Retry(head: context.formHead(.tryAgain), hidden: []) : nil
    }
}

/// POST /admin/messages/again. For the system administrator: has what was given up tried anew, one
/// or all of it.
struct TryAgain: Sendable {
    let app: Services

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let asked = try form.text("delivery")
        let id = asked.flatMap { Delivery.ID($0) }
        guard (asked == nil) == (id == nil) else { throw Refusal.notFound }
        let answer = try await app.submit(form, context, needs: .right(.accounts)) {
            [app] acting, db in
            let count = try DeliveryStore(db).again(id, at: acting.moment)
            guard count > 0 else { throw Refusal.notFound }
            try JobStore(db).ask(SendMessages.job, at: acting.moment)
            try app.audit(db).record(
                "delivery.again", id?.text ?? String(count), by: acting.actor, at: acting.moment,
                quietly: true)
            return Address.deliveries.with("done", "deliveries_again")
        }
        app.site.bell.ring()
        return answer
    }
}
