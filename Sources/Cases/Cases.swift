import Accounts
import Core
import Ledger
import Web

/// Cases: work that moves in steps, as a reading of the ledger.
///
/// - Parameter proposes: what stands in the form of a step before anybody writes in it.
package func cases(
    _ district: District, _ accounts: Accounts,
    proposes: @escaping StepProposals = { _, _, _ in nil }
) -> Feature {
    Feature(
        name: "cases",
        navigation: caseNavigation(district),
        templates: .module,
        pages: casePages,
        checks: [Check { _, _ in try await district.verifyCases() }],
        jobs: [
            JobKind("case_refold", schedule: Nightly.next, isAtStart: true) { _, progress in
                try await district.refoldCases(always: true, progress: progress)
            },
            JobKind("case_sweep", schedule: Hourly.next, isAtStart: true) { _, progress in
                try await district.sweepCases(progress: progress)
            },
        ],
        routes: { router, site in
            routeCases(router, Services(district, accounts, site), proposes)
        },
        desk: { _ in casesOnDesk(district, accounts) })
}

/// Work of each hour.
enum Hourly {
    private static let milliseconds: Int64 = 3_600_000

    /// The next full hour after a moment.
    @Sendable static func next(after moment: Moment) -> Moment {
        Moment(
            milliseconds: (moment.milliseconds / milliseconds + 1) * milliseconds)
    }
}
