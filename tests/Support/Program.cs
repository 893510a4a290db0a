using Support.Ledger;

return args switch
{
    ["hammer", var directory, var name] => LedgerHammer.Swing(directory, name),
    _ => 64,
};
