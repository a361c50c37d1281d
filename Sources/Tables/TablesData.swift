import Core

/// Who brought, bound and filled tables, and what they wrote into them.
package let tablesData = DataDeclaration(
    migrations: tablesMigrations,
    personal: [
        PersonalTable("desk_table", registered: ["made_by": "operator_name"]),
        PersonalTable(
            "desk_table_file",
            registered: [
                "brought_by": "operator_name", "name": "asked_table", "content": "asked_table",
                "shape": "asked_table",
            ]),
        PersonalTable("desk_table_row", registered: ["label": "asked_table"]),
        PersonalTable(
            "desk_table_cell",
            registered: [
                "written_by": "operator_name", "value": "asked_table", "against": "asked_table",
                "reason": "asked_table",
            ]),
        PersonalTable(
            "desk_table_filling",
            registered: ["confirmed_by": "operator_name", "cells": "asked_table"]),
        PersonalTable(
            "desk_table_turn",
            registered: ["turned_by": "operator_name", "note": "asked_table"]),
    ])
