import Core

/// What is read off the records of cases, for lists and clocks.
package let casesData = DataDeclaration(
    migrations: casesMigrations,
    personal: [
        PersonalTable("case_state", registered: ["about": "case_subject"])
    ])
