import Accounts
import Catalogue
import Core
import Ledger
import Web

/// The pages of cases, of their lists, and of procedures.
func routeCases(
    _ router: Routes, _ app: Services, _ proposes: @escaping StepProposals
) {
    router.get("cases", needs: .right(.read), use: ListCases(app: app).handle)
    router.get("cases/new", needs: .right(.write), use: ChooseProcedure(app: app).handle)
    let new = NewCase(app: app)
    router.get("cases/new/:procedure", needs: .right(.write), use: new.show)
    router.post(
        "cases/new/:procedure", needs: .right(.write),
        label: { context, name in
            app.label(of: name, procedure: context.parameters.get("procedure"), step: nil)
        }, use: new.handle)
    router.get(
        "cases/:id", needs: .signedIn,
        use: ShowCase(app: app, proposes: proposes).handle)
    router.post(
        "cases/:id/steps/:step", needs: .signedIn, fields: TakeCaseStep.fields,
        label: { context, name in
            app.label(of: name, procedure: nil, step: context.parameters.get("step"))
        }, use: TakeCaseStep(app: app).handle)
    router.post(
        "cases/:id/take-back", needs: .signedIn, fields: ActOnCase.fields,
        use: ActOnCase(app: app, act: .takeBack).handle)
    router.post(
        "cases/:id/hand-on", needs: .signedIn, fields: ActOnCase.fields,
        use: ActOnCase(app: app, act: .handOn).handle)
    router.post(
        "cases/:id/pause", needs: .signedIn, fields: ActOnCase.fields,
        use: ActOnCase(app: app, act: .pause).handle)
    router.post(
        "cases/:id/remind", needs: .signedIn, fields: ActOnCase.fields,
        use: ActOnCase(app: app, act: .remind).handle)
    router.post(
        "cases/:id/merge", needs: .signedIn, fields: ActOnCase.fields,
        use: ActOnCase(app: app, act: .merge).handle)
    router.post(
        "cases/:id/unmerge", needs: .signedIn, fields: ActOnCase.fields,
        use: ActOnCase(app: app, act: .unmerge).handle)
    router.get("my/cases", needs: .signedIn, use: ShowMyCases(app: app).handle)
    router.post(
        "my/cases/received", needs: .signedIn, fields: ReceiveNotice.fields,
        use: ReceiveNotice(app: app).handle)
    router.get("admin/procedures", needs: .right(.kinds), use: ListProcedures(app: app).handle)
    let procedure = ShowProcedure(app: app)
    router.get("admin/procedures/:procedure", needs: .right(.kinds), use: procedure.kept)
    router.get("procedures/:procedure", needs: .everybody, use: procedure.told)
}

/// Every page of theirs.
let casePages: [any Page.Type] = [
    CasePage.self, CasesPage.self, NewCasesPage.self, NewCasePage.self, MyCasesPage.self,
    ProceduresPage.self, ProcedurePage.self,
]

/// What stands in the header.
func caseNavigation(_ district: District) -> [Destination] {
    [
        Destination(
            "nav_cases", .cases, path: Address.cases.text, needs: .right(.read),
            waiting: casesWaiting(district)),
        Destination(
            "nav_procedures", .procedures, path: Address.procedures.text, needs: .right(.kinds)),
    ]
}

extension Services {
    /// What a field of a form of cases is called: as the kinds say that it writes.
    fileprivate func label(of name: String, procedure: String?, step: String?) -> Wording? {
        let catalogue = district.catalogue
        let texts = catalogue.procedures.filter { procedure == nil || $0.key == procedure }
            .values.joined()
        let kinds = texts.flatMap { text in
            let steps = step.map { [text.step($0)?.kind] } ?? [text.opening?.kind]
            return [text.subject.kind] + steps.compactMap(\.self)
        }
        return kinds.lazy.compactMap { catalogue.kinds[$0] }.compactMap { kind in
            kind.inputHeadings.first { $0.name == name }.map(kind.label)
        }.first
    }
}
