import Accounts
import Administration
import Boards
import Cases
import Core
import Dues
import Entries
import Figures
import HandOvers
import Ledger
import Logging
import Messages
import Open311
import Organization
import Papers
import ReportDesk
import Reports
import RequestBoards
import Requests
import Rights
import Storage
import Tables
import Uploads
import Visits
import Volunteers
import Web

/// What every target declares of its data, in the order of their tables.
package let declarations = [
    coreData, organizationData, ledgerData, reportsData, accountsData, uploadsData, duesData,
    entriesData, administrationData, rightsData, casesData, messagesData, requestsData,
    open311Data, requestBoardsData, papersData, tablesData, handOversData, reportDeskData,
    visitsData, volunteersData,
]

/// Every table, in the order of the targets; a later table of a lower target comes first.
package let migrations: [Migration] = declarations.flatMap(\.migrations)

/// What several features rest on, made once for a server or a check.
struct Shared: Sendable {
    let accounts: Accounts
    let uploads: Uploads
    let messages: Messages
    let papers: Papers
    let review: ReviewDesk
    let requests: Requests
}

/// Every feature, in the order of the header.
///
/// - Parameter waits: is told what the retention deletes only after a confirmation.
func features(
    of shared: Shared, data: DataFolder, logger: Logger,
    waits: @escaping @Sendable ([Retention.Part]) -> Void
) -> [Feature] {
    let (accounts, reports, requests) = (
        shared.accounts, shared.papers.reports, shared.requests
    )
    let figures = reports.figures
    let district = figures.district
    let nightly = retention(district, data).job(
        deleted: { parts in
            for part in parts {
                logger.notice(
                    "retention", metadata: ["entry": "\(part.entry)", "rows": "\(part.count)"])
            }
        }, waits: waits)
    return [
        ledger(district), accountPages(accounts), messagePages(shared.messages),
        boards(figures, accounts) { kind, unit, day, db in
            try PendingEntry.count(
                kind: kind, units: district.structure(db).heads([unit], on: day), on: day, db)
        },
        reportPages(reports), reportDesk(reports, shared.review, accounts),
        paperPages(shared.papers, accounts),
        cases(district, accounts) { try requests.proposal($0, $1, $2) },
        requestPages(requests, accounts, evidence: data.evidenceFolder(district)),
        requestBoards(requests, figures, accounts), open311(requests),
        visitPages(Visits(requests), accounts),
        entries(district, accounts, evidence: data.evidenceFolder(district)),
        uploads(shared.uploads),
        dues(district, accounts),
        tables(figures, accounts),
        volunteers(district, accounts, keys: data.certificateKeys(now: district.now)),
        rights(district, accounts, folder: data.rights, jobs: [nightly]),
        administration(district, accounts),
        handOvers(district, accounts),
    ]
}

/// What goes when its time has passed in this district.
package func retention(_ district: District, _ data: DataFolder) -> Retention {
    Retention(district, folder: data.rights)
}
