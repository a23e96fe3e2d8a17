namespace Moothall.Definitions;

/// <summary>Units of a period. Hours and WorkingDays count only the authority's opening; the rest run on the clock and calendar.</summary>
public enum PeriodUnit { WorkingHours, ClockHours, WorkingDays, Days, Weeks, Months, Years }

/// <summary>A length of time as a definition writes it: "10 working days", "2 hours", "2 clock hours", "6 years".</summary>
public readonly record struct Period(int Amount, PeriodUnit Unit);
