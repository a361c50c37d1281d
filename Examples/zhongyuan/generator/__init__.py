"""The demonstration district: every person, firm and household in it is invented."""
