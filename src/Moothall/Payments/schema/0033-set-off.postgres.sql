-- Where a payment is money that came for another charge before the case was moved: that charge. How is `set-off` then.
alter table payment_made add column from_charge text;
