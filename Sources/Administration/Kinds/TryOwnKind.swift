import Accounts
import Catalogue
import Core
import Hummingbird
import Ledger
import Organization
import Storage
import Web

/// GET and POST /admin/kinds/:own/trial. For the organization officer: the form of a kind as people
/// will have it before them, with every check, and nothing is written down.
struct TryOwnKind: Sendable {
    let app: Services

    /// What a page needs of one snapshot.
    private struct Trial: Sendable {
        let kept: KeptKind
        /// Nil where something is still to be mended.
        let kind: Kind?
        let units: [UnitVersion]
        let structure: Structure
    }

    @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
        let trial = try await app.database.read { try self.trial(context, $0) }
        let said = [Heading.day.name: app.today.description]
        return page(context, trial, said, FormState(context, offering: said))
    }

    @Sendable func handle(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await context.form(request)
        let (trial, said, faults) = try await app.database.read { [app] db in
            let trial = try self.trial(context, db)
            guard let kind = trial.kind else { return (trial, [String: String](), [Fault]()) }
            var sheet = EntrySheet(kind, form)
            sheet.resolve(.unit, among: trial.units, trial.structure, on: app.today)
            var faults = sheet.faults
            do {
                let acting = try app.accounts.acting(context, db)
                _ = try app.district.read(
                    sheet.values, kind: kind, db: db, tells: { acting.may(.read, in: $0) })
            } catch Refusal.invalid(let more) {
                let known = Set(faults.compactMap(\.field))
                faults += more.filter { fault in !(fault.field.map(known.contains) ?? false) }
            }
            return (trial, sheet.said, faults)
        }
        return page(context, trial, said, FormState(context, form, faults))
    }

    private func trial(_ context: AppContext, _ db: Connection) throws -> Trial {
        let kept = try app.ownKind(context, db)
        let structure = try app.district.structure(db)
        let today = app.today
        let isWhole = try app.check(kept, kept.own, db).found.isEmpty
        // It is tried before its first day.
        var own = kept.own
        (own.from, own.until) = ("", "")
        let whole = isWhole ? try? app.district.catalogue.with(kept, as: own) : nil
        let kind = whole?.kinds[kept.id]
        let units = structure.versions.keys.compactMap { structure.version($0, on: today) }
            .filter { own.at.isEmpty || own.at.contains($0.form) }
            .sorted { ($0.code, $0.name) < ($1.code, $1.name) }
        return Trial(kept: kept, kind: kind, units: units, structure: structure)
    }

    private func page(
        _ context: AppContext, _ trial: Trial, _ said: [String: String], _ state: FormState
    ) -> Response {
        let words = app.site.words(context)
        let trail = app.trail(trial.kept, words)
        guard let kind = trial.kind else {
            let page = DeskPage(words["own_try"], lead: words["own_trial_open"])
            return app.site.show(page, context, trail: trail)
        }
        let fields = EntryFields(
            kind, said: said, units: trial.units, places: [],
            register: app.district.catalogue.register, faults: state.faults, words: words)
        let isFine = state.form != nil && state.faults.isEmpty
        let sheet = FormSheet(
            context.formHead(.ownKind(kind.id, "trial"), keeping: state.form), state,
            fields.open + fields.personal, note: isFine ? words["own_trial_fine"] : nil,
            submit: words["own_trial_go"])
        return app.site.show(
            FormPage(
                words["own_trial_title", ["kind": kind.name[words.language]]],
                lead: words["own_trial_lead"], sheet),
            context, trail: trail, status: state.status)
    }
}

extension Catalogue {
    /// The catalogue with a kind as it is made so far.
    ///
    /// - Throws: `BrokenCatalogue` with what the catalogue has against it.
    func with(_ kept: KeptKind, as own: OwnKind) throws -> Catalogue {
        try with(OwnKindText(kept.id, own).files)
    }
}
